package io.pagestream.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.topic.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {
  @TempDir Path folder;

  @Test
  void carries_the_largest_record_there_and_back() throws Exception {
    byte[] largest = new byte[Topics.MAX_RECORD_BYTES - 1024];
    new Random(7).nextBytes(largest);
    try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.passing(data()))) {
      new TopicCreation(broker.connection(), "t.", 3, (short) 1).create();
      try (var producer = producer(broker)) {
        producer.send(new ProducerRecord<>("t.pages", 2, null, largest)).get();
      }
      try (var consumer = consumer(broker)) {
        consumer.assign(List.of(new TopicPartition("t.pages", 2)));
        var records = consumer.poll(Duration.ofSeconds(10));
        assertThat(records).hasSize(1);
        assertThat(records.iterator().next().value()).isEqualTo(largest);
      }
    }
    assertThat(data()).doesNotExist();
  }

  @Test
  void two_run_at_once() {
    EmbeddedBroker kept;
    try (EmbeddedBroker one = EmbeddedBroker.start(BrokerSettings.passing(data()));
        EmbeddedBroker two = EmbeddedBroker.start(BrokerSettings.passing(folder.resolve("two")))) {
      assertThat(one.bootstrapServers()).isNotEqualTo(two.bootstrapServers());
      assertThat(two.diskBytes()).isPositive();
      kept = one;
    }
    assertThat(kept.fault()).isNotDone();
    assertThatCode(kept::close).as("closing twice").doesNotThrowAnyException();
  }

  @Test
  void opens_a_directory_again_with_all_that_it_holds() throws Exception {
    BrokerSettings lasting = BrokerSettings.lasting(data());
    try (EmbeddedBroker first = EmbeddedBroker.start(lasting)) {
      new TopicCreation(first.connection(), "t.", 1, (short) 1).create();
      try (var producer = producer(first)) {
        producer.send(new ProducerRecord<>("t.findings", 0, null, new byte[] {42})).get();
      }
    }
    try (EmbeddedBroker second = EmbeddedBroker.start(lasting);
        var consumer = consumer(second)) {
      consumer.assign(List.of(new TopicPartition("t.findings", 0)));
      assertThat(consumer.poll(Duration.ofSeconds(10))).hasSize(1);
    }
  }

  @Test
  void gives_deleted_records_back_to_the_disk_within_seconds() throws Exception {
    int mebibyte = 1024 * 1024;
    try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.passing(data()));
        Admin admin = Admin.create(broker.connection().clientConfig())) {
      var topic =
          new NewTopic("pages", 1, (short) 1)
              .configs(
                  Map.of(
                      "segment.bytes", Integer.toString(mebibyte), "file.delete.delay.ms", "100"));
      admin.createTopics(List.of(topic)).all().get();
      try (var producer = producer(broker)) {
        for (int i = 0; i < 20; i++) {
          producer.send(new ProducerRecord<>("pages", 0, null, new byte[mebibyte / 2])).get();
        }
      }
      long before = broker.diskBytes();
      var finished = Map.of(new TopicPartition("pages", 0), RecordsToDelete.beforeOffset(20));
      admin.deleteRecords(finished).all().get();
      await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> broker.diskBytes() < before - 8L * mebibyte);
    }
  }

  @Test
  void does_not_invent_topics() {
    try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.passing(data()));
        Admin admin = Admin.create(broker.connection().clientConfig())) {
      assertThatThrownBy(() -> admin.describeTopics(List.of("unheard-of")).allTopicNames().get())
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
    }
  }

  @Test
  void says_that_its_port_is_taken() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      BrokerSettings settings = BrokerSettings.passing(data()).onPort(other.getLocalPort());
      assertThatThrownBy(() -> EmbeddedBroker.start(settings))
          .isInstanceOf(PagestreamException.class)
          .hasMessage(
              "PS-303 port "
                  + other.getLocalPort()
                  + " is taken; choose another port, or 0 for any free port");
    }
  }

  @Test
  void says_that_its_directory_cannot_be_used() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "not a directory");
    assertThatThrownBy(() -> EmbeddedBroker.start(BrokerSettings.passing(file)))
        .isInstanceOf(PagestreamException.class)
        .hasMessageStartingWith("PS-324 " + file + ": the embedded broker cannot start");
    assertThat(file).hasContent("not a directory");
  }

  @Test
  void says_that_another_broker_uses_its_directory() {
    try (EmbeddedBroker first = EmbeddedBroker.start(BrokerSettings.passing(data()))) {
      assertThatThrownBy(() -> EmbeddedBroker.start(BrokerSettings.lasting(data())))
          .isInstanceOf(PagestreamException.class)
          .hasMessageContaining("no other broker uses it");
      assertThat(first.fault()).isNotDone();
    }
  }

  private Path data() {
    return folder.resolve("data");
  }

  private static KafkaProducer<byte[], byte[]> producer(EmbeddedBroker broker) {
    Map<String, Object> config = broker.connection().clientConfig();
    config.put("max.request.size", Topics.MAX_RECORD_BYTES);
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static KafkaConsumer<byte[], byte[]> consumer(EmbeddedBroker broker) {
    Map<String, Object> config = broker.connection().clientConfig();
    config.put("auto.offset.reset", "earliest");
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
