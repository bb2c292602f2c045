package io.pagestream.system;

import io.pagestream.schemas.connection.KafkaConnection;
import io.pagestream.schemas.topic.Topic;
import io.pagestream.schemas.topic.Topics;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A local user without the secret, who tries several attacks on a port: read pages, write a
 * finding, create a topic, send requests to the controller. Each attempt has one second; successful
 * ones are reported.
 */
final class Stranger {
  private static final String TOPIC_OF_THE_STRANGER = "pagestream.stranger";
  private static final int MILLIS = 1000;

  private final int port;
  private final List<String> successes = new ArrayList<>();

  private Stranger(int port) {
    this.port = port;
  }

  /** The successful attacks on a port; empty if there were none. */
  static List<String> attack(int port) throws Exception {
    Stranger stranger = new Stranger(port);
    for (Map<String, Object> login : stranger.logins()) {
      stranger.attempt(login, "lists topics", () -> stranger.listsTopics(login));
      stranger.attempt(login, "creates a topic", () -> stranger.createsTopic(login));
      stranger.attempt(login, "asks the controller", () -> stranger.asksController(login));
      stranger.attempt(login, "reads pages", () -> stranger.reads(login, Topics.PAGES));
      stranger.attempt(login, "writes a finding", () -> stranger.writes(login));
    }
    stranger.attempt(Map.of(), "gets metadata through a raw socket", stranger::rawMetadata);
    return stranger.successes;
  }

  /** Without authentication, and with guesses. */
  private List<Map<String, Object>> logins() {
    Map<String, Object> none = KafkaConnection.to("127.0.0.1:" + port).clientConfig();
    Map<String, Object> guess = KafkaConnection.to("127.0.0.1:" + port).clientConfig();
    guess.put("security.protocol", "SASL_PLAINTEXT");
    guess.put("sasl.mechanism", "PLAIN");
    guess.put(
        "sasl.jaas.config",
        "org.apache.kafka.common.security.plain.PlainLoginModule required"
            + " username=\"pagestream\" password=\"pagestream\";");
    return List.of(none, guess);
  }

  private void attempt(Map<String, Object> login, String what, Callable<Boolean> action)
      throws Exception {
    try {
      if (action.call()) {
        successes.add(what + " on port " + port + " with " + login.keySet());
      }
    } catch (KafkaException | java.util.concurrent.ExecutionException | IOException refused) {
      // This is the expected result.
    }
  }

  private Admin admin(Map<String, Object> login, String bootstrap) {
    Map<String, Object> config = new java.util.HashMap<>(login);
    config.remove("bootstrap.servers");
    config.put(bootstrap, "127.0.0.1:" + port);
    config.put("default.api.timeout.ms", MILLIS);
    config.put("request.timeout.ms", MILLIS);
    return Admin.create(config);
  }

  private boolean listsTopics(Map<String, Object> login) throws Exception {
    try (Admin admin = admin(login, "bootstrap.servers")) {
      return !admin.listTopics().names().get().isEmpty();
    }
  }

  private boolean createsTopic(Map<String, Object> login) throws Exception {
    try (Admin admin = admin(login, "bootstrap.servers")) {
      NewTopic topic = new NewTopic(TOPIC_OF_THE_STRANGER, 1, (short) 1);
      admin.createTopics(List.of(topic)).all().get();
      return true;
    }
  }

  private boolean asksController(Map<String, Object> login) throws Exception {
    try (Admin admin = admin(login, "bootstrap.controllers")) {
      return !admin.describeMetadataQuorum().quorumInfo().get().voters().isEmpty();
    }
  }

  private boolean reads(Map<String, Object> login, Topic topic) {
    Map<String, Object> config = new java.util.HashMap<>(login);
    config.put("default.api.timeout.ms", MILLIS);
    config.put("request.timeout.ms", MILLIS);
    config.put("fetch.max.wait.ms", 100);
    config.put("session.timeout.ms", MILLIS);
    config.put("heartbeat.interval.ms", 300);
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(config, bytes, bytes)) {
      return !consumer.partitionsFor(topic.name(Topics.DEFAULT_PREFIX)).isEmpty();
    }
  }

  private boolean writes(Map<String, Object> login) throws Exception {
    Map<String, Object> config = new java.util.HashMap<>(login);
    config.put("max.block.ms", MILLIS);
    config.put("request.timeout.ms", MILLIS);
    config.put("delivery.timeout.ms", 2 * MILLIS);
    ByteArraySerializer bytes = new ByteArraySerializer();
    String findings = Topics.FINDINGS.name(Topics.DEFAULT_PREFIX);
    try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(config, bytes, bytes)) {
      return producer.send(new ProducerRecord<>(findings, new byte[1], new byte[1])).get() != null;
    }
  }

  /** A Metadata request, version 12, for all topics; Kafka's protocol guide has the layout. */
  private boolean rawMetadata() throws IOException {
    byte[] request = {
      0,
      3,
      0,
      12,
      0,
      0,
      0,
      1,
      -1,
      -1,
      0, // key, version, correlation id, no client id, no tags
      0,
      0,
      0,
      0 // all topics, no creation, no authorized operations, no tags
    };
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(MILLIS);
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      out.writeInt(request.length);
      out.write(request);
      out.flush();
      return socket.getInputStream().readNBytes(4).length > 0;
    }
  }
}
