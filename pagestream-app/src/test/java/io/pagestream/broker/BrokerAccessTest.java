package io.pagestream.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagestream.schemas.connection.ClientProperties;
import io.pagestream.schemas.connection.KafkaConnection;
import io.pagestream.schemas.error.PagestreamException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Access to an embedded broker. */
final class BrokerAccessTest {
  @TempDir static Path folder;
  private static EmbeddedBroker broker;

  @BeforeAll
  static void start() {
    broker = EmbeddedBroker.start(BrokerSettings.passing(folder.resolve("shared")));
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void lets_in_who_has_read_the_file() throws Exception {
    assertThat(clusterId(read(broker.clientProperties()).clientConfig())).isNotBlank();
    assertThat(new TopicCreation(read(broker.clientProperties()), "file.", 1, (short) 1).create())
        .isNotEmpty();
  }

  @Test
  void only_its_owner_can_read_the_file() throws Exception {
    assertThat(Files.getPosixFilePermissions(broker.clientProperties()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(Files.getPosixFilePermissions(broker.logDirectory()))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void does_not_answer_who_does_not_authenticate() {
    assertThatThrownBy(
            () -> clusterId(KafkaConnection.to(broker.bootstrapServers()).clientConfig()))
        .hasCauseInstanceOf(TimeoutException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PLAIN pagestream",
        "PLAIN pagestream-process",
        "PLAIN ANONYMOUS",
        "SCRAM-SHA-256 pagestream",
        "SCRAM-SHA-256 pagestream-process",
        "SCRAM-SHA-256 admin",
        "SCRAM-SHA-512 pagestream"
      })
  void refuses_a_wrong_secret(String login) {
    String[] parts = login.split(" ", -1);
    String module = parts[0].equals("PLAIN") ? "plain.PlainLoginModule" : "scram.ScramLoginModule";
    Map<String, Object> config = KafkaConnection.to(broker.bootstrapServers()).clientConfig();
    config.put("security.protocol", "SASL_PLAINTEXT");
    config.put("sasl.mechanism", parts[0]);
    config.put(
        "sasl.jaas.config",
        "org.apache.kafka.common.security.%s required username=\"%s\" password=\"guess\";"
            .formatted(module, parts[1]));
    assertThatThrownBy(() -> clusterId(config))
        .hasRootCauseInstanceOf(
            parts[0].equals("SCRAM-SHA-512")
                ? org.apache.kafka.common.errors.UnsupportedSaslMechanismException.class
                : SaslAuthenticationException.class);
  }

  /** The secret of the file opens one mechanism only, that of this process the other. */
  @Test
  void refuses_the_secret_of_the_file_as_a_plain_password() {
    Map<String, Object> config = read(broker.clientProperties()).clientConfig();
    config.put("sasl.mechanism", "PLAIN");
    config.computeIfPresent(
        "sasl.jaas.config",
        (name, jaas) -> String.valueOf(jaas).replace("scram.Scram", "plain.Plain"));
    assertThatThrownBy(() -> clusterId(config))
        .hasRootCauseInstanceOf(SaslAuthenticationException.class);
  }

  @Test
  void every_broker_has_secrets_of_its_own() {
    try (EmbeddedBroker other =
        EmbeddedBroker.start(BrokerSettings.passing(folder.resolve("other")))) {
      Map<String, Object> config = read(broker.clientProperties()).clientConfig();
      config.put("bootstrap.servers", other.bootstrapServers());
      assertThatThrownBy(() -> clusterId(config))
          .hasRootCauseInstanceOf(SaslAuthenticationException.class);
      assertThat(other.connection()).isNotEqualTo(broker.connection());
    }
  }

  @Test
  void a_broker_that_is_started_again_lets_in_the_same_clients() throws Exception {
    int port = FreePorts.find().first();
    BrokerSettings lasting = BrokerSettings.lasting(folder.resolve("lasting")).onPort(port);
    KafkaConnection before;
    try (EmbeddedBroker first = EmbeddedBroker.start(lasting)) {
      before = read(first.clientProperties());
    }
    try (EmbeddedBroker second = EmbeddedBroker.start(lasting)) {
      assertThat(read(second.clientProperties())).isEqualTo(before);
      assertThat(clusterId(before.clientConfig())).isNotBlank();
    }
    try (EmbeddedBroker elsewhere = EmbeddedBroker.start(lasting.onPort(0))) {
      assertThat(read(elsewhere.clientProperties()).properties())
          .as("with another address the secret is another")
          .isNotEqualTo(before.properties());
    }
  }

  @Test
  void a_secret_that_others_may_have_read_is_replaced() throws Exception {
    Path file = folder.resolve("wide.properties");
    KafkaConnection known = BrokerAccess.random().ofFile("localhost:1");
    io.pagestream.schemas.connection.ConnectionFile.write(file, known);
    assertThat(ClientFile.access(file, "localhost:1").ofFile("localhost:1")).isEqualTo(known);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(ClientFile.access(file, "localhost:1").ofFile("localhost:1")).isNotEqualTo(known);
  }

  /** A process that holds the port before the broker receives no secret. */
  @Test
  void sends_nothing_to_who_holds_its_port() throws Exception {
    try (Impostor impostor = new Impostor()) {
      BrokerSettings taken =
          BrokerSettings.passing(folder.resolve("taken")).onPort(impostor.port());
      assertThatThrownBy(() -> EmbeddedBroker.start(taken)).isInstanceOf(PagestreamException.class);
      assertThat(impostor.received()).isEmpty();
    }
  }

  /** A process that takes the port of a failed broker neither learns the secret nor is accepted. */
  @Test
  void shows_no_secret_to_an_impostor() throws Exception {
    KafkaConnection file = read(broker.clientProperties());
    String secret = String.valueOf(file.properties().get("sasl.jaas.config"));
    secret = secret.substring(secret.indexOf("password=\"") + 10, secret.lastIndexOf('"'));
    try (Impostor impostor = new Impostor()) {
      Map<String, Object> config = file.clientConfig();
      config.put("bootstrap.servers", "127.0.0.1:" + impostor.port());
      assertThatThrownBy(() -> clusterId(config)).isInstanceOf(ExecutionException.class);
      assertThat(impostor.received()).isNotEmpty().doesNotContain(secret);
    }
  }

  @Test
  void shows_no_secrets_as_text() {
    BrokerAccess access = BrokerAccess.random();
    assertThat(access.toString() + access.ofFile("h:1") + access.ofThisProcess("h:1"))
        .doesNotContain(access.fileSecret())
        .doesNotContain(access.innerSecret());
  }

  private static KafkaConnection read(Path file) {
    ClientProperties read = ClientProperties.read(file);
    return read.connectionTo(read.bootstrapServers().orElseThrow());
  }

  private static String clusterId(Map<String, Object> config)
      throws ExecutionException, InterruptedException {
    config.put("default.api.timeout.ms", 5000);
    config.put("request.timeout.ms", 2000);
    try (Admin admin = Admin.create(config)) {
      return admin.describeCluster().clusterId().get();
    }
  }

  /** An impostor that listens and records its input. */
  private static final class Impostor implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Impostor() throws IOException {
      Thread.ofVirtual().start(this::listen);
    }

    private void listen() {
      while (!server.isClosed()) {
        try (Socket client = server.accept()) {
          client.setSoTimeout(500);
          client.getInputStream().transferTo(bytes);
        } catch (IOException closedOrSilent) {
          // The next client may say something.
        }
      }
    }

    int port() {
      return server.getLocalPort();
    }

    String received() {
      return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }
}
