package io.pagestream.system;

import io.pagestream.schemas.connection.KafkaConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A KRaft node with Kafka's own authorizer. Clients authenticate by password over TLS; there is one
 * user that may do everything, and others without any right.
 */
final class SecuredBroker implements AutoCloseable {
  private static final String ADMIN = "admin";
  private static final String SECRET = "secret-of-";
  private static final String STORE_PASSWORD = "changeit";

  private final KafkaRaftServer server;
  private final String address;
  private final String certificate;

  private SecuredBroker(KafkaRaftServer server, String address, String certificate) {
    this.server = server;
    this.address = address;
    this.certificate = certificate;
  }

  /**
   * Starts a node.
   *
   * @param users users without rights
   */
  static SecuredBroker start(Path folder, List<String> users) throws Exception {
    Path store = folder.resolve("broker.p12");
    makeKey(store);
    int clients = freePort();
    int controller = freePort();
    Path data = Files.createDirectory(folder.resolve("data"));
    String logins =
        users.stream()
            .map(user -> " user_%s=\"%s\"".formatted(user, SECRET + user))
            .collect(Collectors.joining());
    Map<String, String> config = new HashMap<>();
    config.put("process.roles", "broker,controller");
    config.put("node.id", "1");
    config.put("controller.quorum.voters", "1@127.0.0.1:" + controller);
    config.put("controller.listener.names", "CONTROLLER");
    config.put("inter.broker.listener.name", "CLIENTS");
    config.put(
        "listeners",
        "CLIENTS://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(clients, controller));
    config.put("listener.security.protocol.map", "CLIENTS:SASL_SSL,CONTROLLER:PLAINTEXT");
    config.put("sasl.enabled.mechanisms", "PLAIN");
    config.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
    config.put(
        "listener.name.clients.plain.sasl.jaas.config",
        "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%1$s\""
                .formatted(ADMIN)
            + " password=\"%1$s\" user_%2$s=\"%1$s\"".formatted(SECRET + ADMIN, ADMIN)
            + logins
            + ";");
    config.put("ssl.keystore.location", store.toString());
    config.put("ssl.keystore.type", "PKCS12");
    config.put("ssl.keystore.password", STORE_PASSWORD);
    config.put("ssl.truststore.location", store.toString());
    config.put("ssl.truststore.type", "PKCS12");
    config.put("ssl.truststore.password", STORE_PASSWORD);
    config.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    config.put("super.users", "User:" + ADMIN + ";User:ANONYMOUS");
    config.put("auto.create.topics.enable", "false");
    config.put("log.dirs", data.toString());
    config.put("default.replication.factor", "1");
    config.put("offsets.topic.replication.factor", "1");
    config.put("offsets.topic.num.partitions", "1");
    config.put("transaction.state.log.replication.factor", "1");
    config.put("transaction.state.log.min.isr", "1");
    config.put("share.coordinator.state.topic.replication.factor", "1");
    config.put("share.coordinator.state.topic.min.isr", "1");
    config.put("group.initial.rebalance.delay.ms", "0");
    config.put("log.index.size.max.bytes", "65536");
    config.put("log.cleaner.dedupe.buffer.size", "4194304");
    config.put("message.max.bytes", "4194304");
    try (var nowhere = new java.io.PrintStream(java.io.OutputStream.nullOutputStream())) {
      new Formatter()
          .setPrintStream(nowhere)
          .setNodeId(1)
          .setClusterId(Uuid.randomUuid().toString())
          .setControllerListenerName("CONTROLLER")
          .setMetadataLogDirectory(data.toString())
          .addDirectory(data.toString())
          .run();
    }
    KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(config, false), Time.SYSTEM);
    server.startup();
    return new SecuredBroker(server, "127.0.0.1:" + clients, certificate(store));
  }

  /** The connection of a user. */
  KafkaConnection as(String user) {
    return new KafkaConnection(
        address,
        Map.of(
            "security.protocol",
            "SASL_SSL",
            "sasl.mechanism",
            "PLAIN",
            "sasl.jaas.config",
            "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\";"
                .formatted(user, SECRET + user),
            "ssl.truststore.type",
            "PEM",
            "ssl.truststore.certificates",
            certificate));
  }

  /** The connection of the user that may do everything. */
  KafkaConnection asAdmin() {
    return as(ADMIN);
  }

  /** Whether a text contains a password. */
  static boolean discloses(String text) {
    return text.contains(SECRET);
  }

  private static void makeKey(Path store) throws IOException, InterruptedException {
    Process keytool =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-alias",
                    "broker",
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=localhost",
                    "-ext",
                    "san=ip:127.0.0.1,dns:localhost",
                    "-validity",
                    "2",
                    "-storetype",
                    "PKCS12",
                    "-storepass",
                    STORE_PASSWORD,
                    "-keystore",
                    store.toString()))
            .redirectErrorStream(true)
            .start();
    String said = keytool.inputReader().readAllAsString();
    if (keytool.waitFor() != 0) {
      throw new AssertionError(said);
    }
  }

  private static String certificate(Path store) throws Exception {
    KeyStore keys = KeyStore.getInstance(store.toFile(), STORE_PASSWORD.toCharArray());
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'})
            .encodeToString(keys.getCertificate("broker").getEncoded())
        + "\n-----END CERTIFICATE-----\n";
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    server.shutdown();
  }
}
