package io.pagestream.producer.stream;

import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.PageStreamRecord;
import io.pagestream.schemas.avro.RunReceipt;
import io.pagestream.schemas.avro.Stage;
import io.pagestream.schemas.codec.RecordCodec;
import io.pagestream.schemas.connection.ClusterFailure;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.topic.DeadLetter;
import io.pagestream.schemas.topic.RecordKeys;
import io.pagestream.schemas.topic.StartOffsets;
import io.pagestream.schemas.topic.Topics;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes records to the topics {@code images}, {@code pages} and {@code dead-letters}, and {@code
 * findings} and {@code receipts} for what the producer finds itself. One thread uses it, except for
 * {@link #deadLetter}.
 */
final class PageSender implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PageSender.class);
  private static final Duration CLOSE = Duration.ofSeconds(10);

  /**
   * Maximum number of dead letters that one producer writes; further rejected records are only
   * skipped.
   */
  private static final int MOST_DEAD_LETTERS = 10_000;

  private final KafkaProducer<byte[], byte[]> producer;
  private final String pagesTopic;
  private final String imagesTopic;
  private final String deadLettersTopic;
  private final String findingsTopic;
  private final String receiptsTopic;
  private final Set<String> deadLetters = ConcurrentHashMap.newKeySet();
  private final int partitions;
  private final RecordCodec<PageStreamRecord> pageCodec = new RecordCodec<>(PageStreamRecord.class);
  private final RecordCodec<ImageManifest> manifestCodec = new RecordCodec<>(ImageManifest.class);
  private final RecordCodec<Finding> findingCodec = new RecordCodec<>(Finding.class);
  private final RecordCodec<RunReceipt> receiptCodec = new RecordCodec<>(RunReceipt.class);
  private final PageStreamRecord envelope = new PageStreamRecord();
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  PageSender(StreamSettings settings) {
    this.producer = KafkaClients.producer(settings);
    this.pagesTopic = Topics.PAGES.name(settings.topicPrefix());
    this.imagesTopic = Topics.IMAGES.name(settings.topicPrefix());
    this.deadLettersTopic = Topics.DEAD_LETTERS.name(settings.topicPrefix());
    this.findingsTopic = Topics.FINDINGS.name(settings.topicPrefix());
    this.receiptsTopic = Topics.RECEIPTS.name(settings.topicPrefix());
    this.partitions = producer.partitionsFor(pagesTopic).size();
  }

  void sendManifest(ImageManifest manifest, StartOffsets start) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            imagesTopic, RecordKeys.image(manifest.getImageId()), manifestCodec.encode(manifest));
    start.write(record.headers());
    send(record);
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

  void sendFinding(Finding finding) {
    send(
        new ProducerRecord<>(
            findingsTopic,
            RecordKeys.finding(finding.getFindingId()),
            findingCodec.encode(finding)));
  }

  void sendReceipt(RunReceipt receipt) {
    byte[] key = RecordKeys.receipt(receipt.getImageId(), receipt.getStage(), receipt.getBlock());
    send(new ProducerRecord<>(receiptsTopic, key, receiptCodec.encode(receipt)));
  }

  /**
   * Writes a dead letter for a record that the producer has read, only once even if it is read
   * again. May be called on any thread.
   */
  void deadLetter(ConsumerRecord<byte[], byte[]> record, String why) {
    String source = record.topic() + '/' + record.partition() + '/' + record.offset();
    if (deadLetters.size() >= MOST_DEAD_LETTERS || !deadLetters.add(source)) {
      return;
    }
    LOG.warn("{} is left out: {}", source, why);
    DeadLetter letter =
        DeadLetter.of(Stage.PRODUCER, ErrorCode.RECORD_CORRUPT, "rejected", why, source);
    send(
        new ProducerRecord<>(
            deadLettersTopic,
            null,
            DeadLetter.key(record.key()),
            DeadLetter.value(record.value()),
            letter.headers(record.value())));
  }

  /** Number of dead letters that were written. May be called on any thread. */
  int deadLetters() {
    return deadLetters.size();
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

  /** Waits until the broker has acknowledged all sent records. */
  void flush() {
    producer.flush();
    throwFailure();
  }

  private void throwFailure() {
    Exception exception = failure.get();
    if (exception != null) {
      throw ClusterFailure.denied(exception)
          .orElseGet(() ->
              PagestreamException.of(
                      ErrorCode.BROKER_FAILED,
                      "the broker did not accept a record of "
                          + pagesTopic
                          + ": "
                          + exception.getMessage(),
                      "check the broker's log and free disk space, then run the same command again")
                  .causedBy(exception));
    }
  }

  @Override
  public void close() {
    producer.close(CLOSE);
  }
}
