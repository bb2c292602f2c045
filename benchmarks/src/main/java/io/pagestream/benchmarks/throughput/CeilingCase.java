package io.pagestream.benchmarks.throughput;

import io.pagestream.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The broker's own ceiling: the records of the filled topic, produced and consumed by Kafka's plain
 * clients with the settings of our stages, and nothing done with them. What no pipeline on this
 * broker can beat, however little it does.
 */
final class CeilingCase {
  /** Records held in memory and sent over and over until the image's bytes have been sent. */
  private static final long HELD_BYTES = 128L << 20;

  private static final Duration POLL = Duration.ofMillis(200);

  private CeilingCase() {}

  static void run(Lab lab) throws Exception {
    String filled = Topics.PAGES.name(Lab.FILLED);
    for (int pass = 0; pass < lab.passes(); pass++) {
      String prefix = "ceiling-" + pass + '.';
      lab.createTopics(prefix);
      String topic = Topics.PAGES.name(prefix);
      List<ConsumerRecord<byte[], byte[]>> held = new ArrayList<>();
      long count = hold(lab, filled, held);
      lab.measure("broker: produce", () -> produce(lab, topic, held, count));
      lab.measure("broker: consume", () -> consume(lab, topic));
    }
  }

  /** Keeps the first records; returns how many the topic has. */
  private static long hold(Lab lab, String topic, List<ConsumerRecord<byte[], byte[]>> held) {
    try (TopicReader reader = new TopicReader(lab.kafka(), topic)) {
      reader.toBeginning();
      Map<TopicPartition, Long> ends = reader.ends();
      long bytes = 0;
      while (bytes < HELD_BYTES && !reader.hasReached(ends)) {
        for (ConsumerRecord<byte[], byte[]> record : reader.consumer().poll(POLL)) {
          held.add(record);
          bytes += record.serializedValueSize();
        }
      }
      return ends.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  private static void produce(
      Lab lab, String topic, List<ConsumerRecord<byte[], byte[]>> held, long count) {
    // As the producer stage's own client.
    Map<String, Object> config = lab.kafka().clientConfig();
    config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    config.put(ProducerConfig.BATCH_SIZE_CONFIG, 1024 * 1024);
    config.put(ProducerConfig.LINGER_MS_CONFIG, 20);
    config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 32L * 1024 * 1024);
    config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.MAX_RECORD_BYTES);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (long sent = 0; sent < count; sent++) {
        ConsumerRecord<byte[], byte[]> record = held.get((int) (sent % held.size()));
        var unusedFuture =
            producer.send(
                new ProducerRecord<>(topic, record.partition(), record.key(), record.value()));
      }
      producer.flush();
    }
  }

  private static void consume(Lab lab, String topic) {
    try (TopicReader reader = new TopicReader(lab.kafka(), topic)) {
      reader.toBeginning();
      Map<TopicPartition, Long> ends = reader.ends();
      while (!reader.hasReached(ends)) {
        var unusedRecords = reader.consumer().poll(POLL);
      }
    }
  }
}
