package io.pagestream.schemas.connection;

import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * Properties of Kafka clients from a file and from the environment, in the format of Kafka's own
 * tools ({@code --command-config}) and container images ({@code KAFKA_…}).
 *
 * @param values the properties, possibly including the servers
 */
public record ClientProperties(Map<String, String> values) {
  /** Start of the names of environment variables. */
  public static final String ENVIRONMENT_PREFIX = "PAGESTREAM_KAFKA_";

  /** Copies its map. */
  public ClientProperties {
    values = Map.copyOf(values);
  }

  /**
   * Reads a properties file.
   *
   * @throws PagestreamException {@link ErrorCode#USAGE} if it cannot be read or is not a properties
   *     file; the message does not quote its content
   */
  public static ClientProperties read(Path file) {
    Properties read = new Properties();
    try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      read.load(in);
    } catch (IOException | IllegalArgumentException e) {
      // Not set as the cause: its message quotes text around a malformed escape.
      throw PagestreamException.inFile(
          ErrorCode.USAGE,
          file.toString(),
          "the client properties cannot be read: " + e.getClass().getSimpleName(),
          "use --config with a readable file of Kafka client properties");
    }
    Map<String, String> values = new HashMap<>();
    read.stringPropertyNames().forEach(name -> values.put(name, read.getProperty(name).strip()));
    return new ClientProperties(values);
  }

  /**
   * Properties from environment variables: {@code PAGESTREAM_KAFKA_SASL_JAAS_CONFIG} is {@code
   * sasl.jaas.config}. As in Kafka's container image, {@code _} stands for a dot, {@code __} for an
   * underscore and {@code ___} for a hyphen.
   */
  public static ClientProperties ofEnvironment(Map<String, String> environment) {
    Map<String, String> values = new HashMap<>();
    environment.forEach((name, value) -> {
      if (name.startsWith(ENVIRONMENT_PREFIX) && name.length() > ENVIRONMENT_PREFIX.length()) {
        values.put(propertyName(name.substring(ENVIRONMENT_PREFIX.length())), value);
      }
    });
    return new ClientProperties(values);
  }

  private static String propertyName(String variable) {
    return variable
        .toLowerCase(Locale.ROOT)
        .replace("___", "-")
        .replace("__", "\0")
        .replace('_', '.')
        .replace('\0', '_');
  }

  /** Combines these and others; if both have a property, the other's value is used. */
  public ClientProperties overriddenBy(ClientProperties other) {
    Map<String, String> merged = new HashMap<>(values);
    merged.putAll(other.values);
    return new ClientProperties(merged);
  }

  /** The servers, if these properties contain them. */
  public Optional<String> bootstrapServers() {
    return Optional.ofNullable(values.get(KafkaConnection.BOOTSTRAP_SERVERS));
  }

  /** A connection to the given servers, regardless of the servers in these properties. */
  public KafkaConnection connectionTo(String bootstrapServers) {
    Map<String, String> properties = new HashMap<>(values);
    properties.remove(KafkaConnection.BOOTSTRAP_SERVERS);
    return new KafkaConnection(bootstrapServers, properties);
  }

  /** Names only, as {@link KafkaConnection#toString}. */
  @Override
  public String toString() {
    return "ClientProperties" + values.keySet();
  }
}
