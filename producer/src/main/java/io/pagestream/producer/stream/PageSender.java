package io.pagestream.producer.stream;

import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.PageStreamRecord;
import io.pagestream.schemas.codec.RecordCodec;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.topic.RecordKeys;
import io.pagestream.schemas.topic.Topics;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Puts records on the topics {@code images} and {@code pages}. One thread uses it. */
final class PageSender implements AutoCloseable {
  private static final Duration CLOSE = Duration.ofSeconds(10);

  private final KafkaProducer<byte[], byte[]> producer;
  private final String pagesTopic;
  private final String imagesTopic;
  private final int partitions;
  private final RecordCodec<PageStreamRecord> pageCodec = new RecordCodec<>(PageStreamRecord.class);
  private final RecordCodec<ImageManifest> manifestCodec = new RecordCodec<>(ImageManifest.class);
  private final PageStreamRecord envelope = new PageStreamRecord();
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  PageSender(StreamSettings settings) {
    this.producer = KafkaClients.producer(settings);
    this.pagesTopic = Topics.PAGES.name(settings.topicPrefix());
    this.imagesTopic = Topics.IMAGES.name(settings.topicPrefix());
    this.partitions = producer.partitionsFor(pagesTopic).size();
  }

  void sendManifest(ImageManifest manifest) {
    send(
        new ProducerRecord<>(
            imagesTopic, RecordKeys.image(manifest.getImageId()), manifestCodec.encode(manifest)));
  }

  void sendToAllPartitions(String imageId, SpecificRecordBase body) {
    envelope.setBody(body);
    byte[] value = pageCodec.encode(envelope);
    for (int partition = 0; partition < partitions; partition++) {
      send(new ProducerRecord<>(pagesTopic, partition, RecordKeys.image(imageId), value));
    }
  }

  void sendRun(PageRun run, long block) {
    envelope.setBody(run);
    int partition = (int) (block % partitions);
    byte[] key = RecordKeys.run(run.getImageId(), run.getRunIndex());
    send(new ProducerRecord<>(pagesTopic, partition, key, pageCodec.encode(envelope)));
  }

  private void send(ProducerRecord<byte[], byte[]> record) {
    throwFailure();
    var unusedFuture =
        producer.send(
            record,
            (metadata, exception) -> {
              if (exception != null) {
                failure.compareAndSet(null, exception);
              }
            });
  }

  /** Waits until the broker has everything that was sent. */
  void flush() {
    producer.flush();
    throwFailure();
  }

  private void throwFailure() {
    Exception exception = failure.get();
    if (exception != null) {
      throw PagestreamException.of(
              ErrorCode.BROKER_FAILED,
              "the broker did not take a record of " + pagesTopic + ": " + exception.getMessage(),
              "look at the broker's log and free disk, then run the same command again")
          .causedBy(exception);
    }
  }

  @Override
  public void close() {
    producer.close(CLOSE);
  }
}
