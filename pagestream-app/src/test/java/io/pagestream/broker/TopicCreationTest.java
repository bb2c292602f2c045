package io.pagestream.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.topic.Topic;
import io.pagestream.schemas.topic.Topics;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicCreationTest {
  @TempDir static Path folder;
  static EmbeddedBroker broker;

  @BeforeAll
  static void start() {
    broker = EmbeddedBroker.start(BrokerSettings.passing(folder.resolve("data")));
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void asManyReplicasAsThereAreBrokersButAtMostThree() {
    assertThat(TopicCreation.automaticReplicas(1)).isEqualTo((short) 1);
    assertThat(TopicCreation.automaticReplicas(2)).isEqualTo((short) 2);
    assertThat(TopicCreation.automaticReplicas(3)).isEqualTo((short) 3);
    assertThat(TopicCreation.automaticReplicas(7)).isEqualTo((short) 3);
    assertThat(TopicCreation.inSync((short) 2)).isOne();
    assertThat(TopicCreation.inSync((short) 3)).isEqualTo(2);
  }

  @Test
  void creates_what_is_missing_and_leaves_the_rest() {
    TopicCreation creation = creation("once.", 5, 1);
    assertThat(creation.describe()).isEmpty();
    assertThat(creation.create())
        .containsExactlyElementsOf(Topics.all().stream().map(t -> t.name("once.")).toList());
    assertThat(creation("once.", 9, 1).create()).isEmpty();
    assertThat(creation.describe())
        .extracting(topic -> topic.name() + ' ' + topic.partitions().size())
        .containsExactly(
            "once.images 1",
            "once.pages 5",
            "once.mapped-pages 5",
            "once.verdicts 5",
            "once.receipts 5",
            "once.findings 5",
            "once.dead-letters 1");
  }

  @Test
  void gives_every_topic_its_settings() throws Exception {
    creation("set.", 1, 1).create();
    try (Admin admin = Admin.create(broker.connection().clientConfig())) {
      for (Topic topic : Topics.all()) {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.name("set."));
        var configs = admin.describeConfigs(List.of(resource)).all().get();
        assertThat(configs.values())
            .singleElement()
            .satisfies(config -> assertThat(values(config)).containsAllEntriesOf(topic.settings()));
      }
    }
  }

  /**
   * Without retries the first refusal is final; with many partitions, the last ones are ready late.
   */
  @Test
  void returns_when_every_partition_takes_records() throws Exception {
    int partitions = 100;
    creation("ready.", partitions, 1).create();
    Map<String, Object> once = broker.connection().clientConfig();
    once.put("acks", "all");
    once.put("retries", 0);
    ByteArraySerializer bytes = new ByteArraySerializer();
    try (var producer = new KafkaProducer<>(once, bytes, bytes)) {
      for (int partition = partitions - 1; partition >= 0; partition--) {
        String pages = Topics.PAGES.name("ready.");
        var sent =
            producer.send(new ProducerRecord<>(pages, partition, new byte[1], new byte[1])).get();
        assertThat(sent.offset()).isZero();
      }
    }
  }

  @Test
  void says_what_the_cluster_refuses() {
    assertThatThrownBy(() -> creation("three.", 1, 3).create())
        .isInstanceOfSatisfying(
            PagestreamException.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.BROKER_FAILED))
        .hasMessageContaining("replication factor");
  }

  @Test
  void refuses_numbers_that_make_no_sense() {
    assertThatThrownBy(() -> creation("p.", 0, 1)).hasMessageStartingWith("PS-100 partitions = 0");
    assertThatThrownBy(() -> creation("p.", 1, -1)).hasMessageStartingWith("PS-100 replication");
  }

  private static Map<String, String> values(Config config) {
    return config.entries().stream()
        .filter(entry -> entry.value() != null)
        .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
  }

  private static TopicCreation creation(String prefix, int partitions, int replicationFactor) {
    return new TopicCreation(broker.connection(), prefix, partitions, (short) replicationFactor);
  }
}
