package io.pagestream.schemas.connection;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The address of a Kafka cluster and the authentication of its clients. All modules create clients
 * only with this class, so that a cluster with SASL or TLS works with every command.
 *
 * <p>{@link #toString} shows the names of the properties but none of their values: passwords are
 * among them, and a connection ends up in log lines and error messages.
 *
 * @param bootstrapServers {@code host:port}, several separated by commas
 * @param properties further properties of Kafka clients, such as {@code security.protocol}
 */
public record KafkaConnection(String bootstrapServers, Map<String, String> properties) {
  /** Kafka's name for the servers; the properties never contain it. */
  public static final String BOOTSTRAP_SERVERS = "bootstrap.servers";

  /**
   * Copies the properties.
   *
   * @throws IllegalArgumentException if they name the servers a second time
   */
  public KafkaConnection {
    properties = Map.copyOf(properties);
    if (properties.containsKey(BOOTSTRAP_SERVERS)) {
      throw new IllegalArgumentException(BOOTSTRAP_SERVERS + " is given twice");
    }
  }

  /** A connection without authentication or encryption. */
  public static KafkaConnection to(String bootstrapServers) {
    return new KafkaConnection(bootstrapServers, Map.of());
  }

  /**
   * The configuration of a client, to which the client adds its own settings. Settings of the
   * client replace those of the user: a file meant for any Kafka client must not change settings on
   * which the pipeline depends, such as deserializers or offset commits.
   */
  public Map<String, Object> clientConfig() {
    Map<String, Object> config = new HashMap<>(properties);
    config.put(BOOTSTRAP_SERVERS, bootstrapServers);
    return config;
  }

  /** This connection in the format of a {@code client.properties} file. Contains the secrets. */
  public Properties toProperties() {
    Properties file = new Properties();
    file.putAll(new TreeMap<>(properties));
    file.setProperty(BOOTSTRAP_SERVERS, bootstrapServers);
    return file;
  }

  @Override
  public String toString() {
    return "KafkaConnection[" + bootstrapServers + ", " + new TreeSet<>(properties.keySet()) + "]";
  }
}
