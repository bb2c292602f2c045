package io.pagestream.broker;

import io.pagestream.schemas.connection.KafkaConnection;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Access to an embedded broker, for the process that runs it and for readers of its client
 * properties. Each has its own user name and random secret of 256 bits.
 *
 * <p>Clients in this process use PLAIN with a secret that never leaves it. They connect only to a
 * port that this process holds, and PLAIN has no start-up cost. Other processes use SCRAM-SHA-256
 * with the secret of the file: if their broker has died and another user has taken its port, SCRAM
 * neither discloses the secret nor accepts the impostor as the broker. The controller's listener
 * accepts only the inner secret. See docs/decisions/0010-who-may-talk-to-the-broker.md.
 *
 * @param innerSecret for clients of this process
 * @param fileSecret for the client properties
 */
record BrokerAccess(String innerSecret, String fileSecret) {
  /** User of this process. */
  static final String INNER_USER = "pagestream-process";

  /** User of the client properties. */
  static final String FILE_USER = "pagestream";

  /** All users that there are. */
  static final Set<String> USERS = Set.of(INNER_USER, FILE_USER);

  private static final String PLAIN = "PLAIN";
  private static final String SCRAM = "SCRAM-SHA-256";
  private static final String PROTOCOL = "SASL_PLAINTEXT";
  private static final String PLAIN_MODULE =
      "org.apache.kafka.common.security.plain.PlainLoginModule";
  private static final String SCRAM_MODULE =
      "org.apache.kafka.common.security.scram.ScramLoginModule";
  private static final int SECRET_BYTES = 32;

  /** New secrets. */
  static BrokerAccess random() {
    return new BrokerAccess(newSecret(), newSecret());
  }

  /** A new secret for this process, with the secret that a file has already. */
  static BrokerAccess withFileSecret(String known) {
    return new BrokerAccess(newSecret(), known);
  }

  private static String newSecret() {
    byte[] secret = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(secret);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
  }

  /** The broker's own settings for both listeners. */
  Map<String, String> brokerConfig(String clients, String controller) {
    Map<String, String> config = new HashMap<>();
    config.put(
        "listener.security.protocol.map",
        clients + ':' + PROTOCOL + ',' + controller + ':' + PROTOCOL);
    config.put("sasl.enabled.mechanisms", PLAIN);
    config.put("sasl.mechanism.inter.broker.protocol", PLAIN);
    config.put("sasl.mechanism.controller.protocol", PLAIN);
    config.put(setting(controller, PLAIN, "sasl.jaas.config"), plainServer());
    config.put(setting(clients, PLAIN, "sasl.jaas.config"), plainServer());
    config.put("listener.name." + lower(clients) + ".sasl.enabled.mechanisms", PLAIN + ',' + SCRAM);
    config.put(
        setting(clients, SCRAM, "sasl.jaas.config"), jaas(SCRAM_MODULE, FILE_USER, fileSecret));
    config.put(
        setting(clients, SCRAM, "sasl.server.callback.handler.class"), FileSecret.class.getName());
    config.put("authorizer.class.name", KnownUsers.class.getName());
    return config;
  }

  /** Connection properties for clients of this process. */
  KafkaConnection ofThisProcess(String bootstrapServers) {
    return connection(bootstrapServers, PLAIN, jaas(PLAIN_MODULE, INNER_USER, innerSecret));
  }

  /** Login of clients that have read the file. */
  KafkaConnection ofFile(String bootstrapServers) {
    return connection(bootstrapServers, SCRAM, jaas(SCRAM_MODULE, FILE_USER, fileSecret));
  }

  private static KafkaConnection connection(String servers, String mechanism, String jaas) {
    return new KafkaConnection(
        servers,
        Map.of(
            "security.protocol", PROTOCOL,
            "sasl.mechanism", mechanism,
            "sasl.jaas.config", jaas));
  }

  /** Passwords that the server accepts, and its own login. */
  private String plainServer() {
    String client = jaas(PLAIN_MODULE, INNER_USER, innerSecret);
    String user = " user_%s=\"%s\";".formatted(INNER_USER, innerSecret);
    return client.substring(0, client.length() - 1) + user;
  }

  private static String jaas(String module, String user, String secret) {
    return "%s required username=\"%s\" password=\"%s\";".formatted(module, user, secret);
  }

  private static String setting(String listener, String mechanism, String name) {
    return "listener.name." + lower(listener) + '.' + lower(mechanism) + '.' + name;
  }

  private static String lower(String name) {
    return name.toLowerCase(java.util.Locale.ROOT);
  }

  /** No secrets. */
  @Override
  public String toString() {
    return "BrokerAccess" + USERS;
  }
}
