package io.pagestream.command;

import io.pagestream.cluster.ClusterWait;
import io.pagestream.schemas.connection.ClientProperties;
import io.pagestream.schemas.connection.KafkaConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of every command that talks to a cluster. */
final class ClusterOptions {
  private static final String DEFAULT_SERVERS = "localhost:9092";
  private static final String SERVERS_VARIABLE = "PAGESTREAM_BOOTSTRAP_SERVERS";
  private static final String CONFIG_VARIABLE = "PAGESTREAM_CONFIG";

  @Option(
      names = {"-b", "--bootstrap-servers"},
      paramLabel = "HOST:PORT",
      description = {
        "Kafka servers, separated by commas (default: bootstrap.servers of --config, then the"
            + " environment variable "
            + SERVERS_VARIABLE
            + ", then "
            + DEFAULT_SERVERS
            + ")."
      })
  private @Nullable String bootstrapServers;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = {
        "Kafka client properties, such as security.protocol and sasl.jaas.config (default: the"
            + " environment variable "
            + CONFIG_VARIABLE
            + ").",
        "Environment variables override the file: "
            + ClientProperties.ENVIRONMENT_PREFIX
            + "SASL_JAAS_CONFIG sets sasl.jaas.config. Secrets do not belong on the command line."
      })
  private @Nullable Path config;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = {
        "How long to wait for a broker, and for the topics, before giving up (default:"
            + " ${DEFAULT-VALUE})."
      })
  private int waitSeconds;

  @Mixin private PrefixOption prefix;

  /**
   * The connection to the cluster, from the options, the file and the environment, when a broker
   * has answered.
   *
   * @throws io.pagestream.schemas.error.PagestreamException if none answers within {@code --wait},
   *     or it does not accept the credentials
   */
  KafkaConnection connection() {
    KafkaConnection named = named();
    ClusterWait.forBroker(named, patience(), line -> {}).close();
    return named;
  }

  /** How long to wait for a broker. */
  Duration patience() {
    return Duration.ofSeconds(Bounds.check("--wait", waitSeconds, 1, 1_000_000));
  }

  /** The connection to the cluster that the user has named; nothing is connected. */
  KafkaConnection named() {
    ClientProperties properties = properties(System.getenv());
    return properties.connectionTo(servers(properties, System.getenv()).orElse(DEFAULT_SERVERS));
  }

  /** Whether the user has named a cluster, rather than relying on the default. */
  boolean isNamed() {
    return servers(properties(System.getenv()), System.getenv()).isPresent();
  }

  private ClientProperties properties(Map<String, String> environment) {
    ClientProperties variables = ClientProperties.ofEnvironment(environment);
    String named = environment.get(CONFIG_VARIABLE);
    if (config != null) {
      return ClientProperties.read(config).overriddenBy(variables);
    }
    return named == null || named.isBlank()
        ? variables
        : ClientProperties.read(Path.of(named)).overriddenBy(variables);
  }

  private Optional<String> servers(ClientProperties properties, Map<String, String> environment) {
    return Optional.ofNullable(bootstrapServers)
        .or(properties::bootstrapServers)
        .or(() -> Optional.ofNullable(environment.get(SERVERS_VARIABLE)));
  }

  String prefix() {
    return prefix.value();
  }
}
