package io.pagestream.producer.stream;

import io.pagestream.schemas.topic.Topics;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The producer stage's Kafka clients. */
final class KafkaClients {
  /** Batches of one full run: larger ones are no faster, smaller ones cost a third (measured). */
  private static final int BATCH_BYTES = 512 * 1024;

  private static final int LINGER_MS = 5;
  private static final long BUFFER_BYTES = 32L * 1024 * 1024;

  private KafkaClients() {}

  /** An idempotent producer: order is preserved on each partition, nothing is sent twice. */
  static KafkaProducer<byte[], byte[]> producer(StreamSettings settings) {
    Map<String, Object> config = settings.kafka().clientConfig();
    config.put(ProducerConfig.CLIENT_ID_CONFIG, "pagestream-producer");
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, settings.compression());
    config.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    config.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MS);
    config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
    config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.MAX_RECORD_BYTES);
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** A consumer without a group; its partitions are assigned explicitly. */
  static KafkaConsumer<byte[], byte[]> follower(StreamSettings settings) {
    Map<String, Object> config = settings.kafka().clientConfig();
    config.put(ConsumerConfig.CLIENT_ID_CONFIG, "pagestream-producer-receipts");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
