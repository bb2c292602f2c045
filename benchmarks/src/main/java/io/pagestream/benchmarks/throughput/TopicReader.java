package io.pagestream.benchmarks.throughput;

import io.pagestream.schemas.connection.KafkaConnection;
import io.pagestream.schemas.topic.Topics;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** All partitions of a topic, read by a plain consumer that fetches as the stages do. */
final class TopicReader implements AutoCloseable {
  /** As {@code StageRuntime}: so that the ceiling is that of the stages. */
  private static final int FETCH_BYTES = 8 * 1024 * 1024;

  private final List<TopicPartition> partitions;
  private final KafkaConsumer<byte[], byte[]> consumer;

  TopicReader(KafkaConnection kafka, String topic) {
    Map<String, Object> config = kafka.clientConfig();
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
    config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, Topics.MAX_RECORD_BYTES);
    consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    consumer.assign(partitions);
  }

  KafkaConsumer<byte[], byte[]> consumer() {
    return consumer;
  }

  void toBeginning() {
    consumer.seekToBeginning(partitions);
  }

  /** Leaves out what is there already. */
  void toEnd() {
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
  }

  /** Where each partition ends now. */
  Map<TopicPartition, Long> ends() {
    return consumer.endOffsets(partitions);
  }

  /** Whether everything before these ends has been read. */
  boolean hasReached(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  @Override
  public void close() {
    consumer.close();
  }
}
