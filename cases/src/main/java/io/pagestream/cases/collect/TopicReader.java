package io.pagestream.cases.collect;

import io.pagestream.schemas.connection.ClusterFailure;
import io.pagestream.schemas.connection.KafkaConnection;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads all partitions of some topics, without a group: every reader receives all records. Confined
 * to one thread.
 */
public final class TopicReader implements AutoCloseable {
  private static final String NEXT =
      "check --bootstrap-servers, --config and that the broker is running";

  private final Consumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions = new ArrayList<>();

  /**
   * A reader with a separate connection.
   *
   * @param startOffsets where to start; partitions that are not named are read from their beginning
   * @throws PagestreamException if the broker cannot be reached or a topic does not exist
   */
  public static TopicReader open(
      KafkaConnection kafka,
      String clientId,
      List<String> topics,
      Map<TopicPartition, Long> startOffsets) {
    Map<String, Object> config = kafka.clientConfig();
    config.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId);
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    // If stages write in transactions, aborted records must not count.
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    try {
      return new TopicReader(
          new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
          topics,
          startOffsets);
    } catch (KafkaException e) {
      throw unreachable(e);
    }
  }

  /** A reader over a consumer, which it closes. */
  TopicReader(
      Consumer<byte[], byte[]> consumer,
      List<String> topics,
      Map<TopicPartition, Long> startOffsets) {
    this.consumer = consumer;
    try {
      for (String topic : topics) {
        partitions.addAll(partitions(topic));
      }
      consumer.assign(partitions);
      for (TopicPartition partition : partitions) {
        Long offset = startOffsets.get(partition);
        if (offset == null) {
          consumer.seekToBeginning(List.of(partition));
        } else {
          consumer.seek(partition, offset);
        }
      }
    } catch (KafkaException | PagestreamException e) {
      consumer.close();
      throw e instanceof KafkaException failure ? unreachable(failure) : e;
    }
  }

  private List<TopicPartition> partitions(String topic) {
    List<PartitionInfo> infos = consumer.partitionsFor(topic);
    if (infos == null || infos.isEmpty()) {
      throw PagestreamException.of(
          ErrorCode.USAGE,
          "the broker has no topic " + topic,
          "create the topics with: pagestream topics create");
    }
    return infos.stream().map(info -> new TopicPartition(topic, info.partition())).toList();
  }

  /** The records that have arrived, after waiting for at most the given time. */
  public ConsumerRecords<byte[], byte[]> poll(Duration wait) {
    try {
      return consumer.poll(wait);
    } catch (KafkaException e) {
      throw unreachable(e);
    }
  }

  /** The current end offsets of all partitions. */
  public Map<TopicPartition, Long> ends() {
    try {
      return consumer.endOffsets(partitions);
    } catch (KafkaException e) {
      throw unreachable(e);
    }
  }

  /** Whether everything before the given ends has been read. */
  public boolean hasReached(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  private static PagestreamException unreachable(KafkaException cause) {
    return ClusterFailure.denied(cause)
        .orElseGet(() ->
            PagestreamException.of(
                    ErrorCode.BROKER_UNREACHABLE,
                    "the broker does not answer: " + cause.getMessage(),
                    NEXT)
                .causedBy(cause));
  }

  @Override
  public void close() {
    consumer.close();
  }
}
