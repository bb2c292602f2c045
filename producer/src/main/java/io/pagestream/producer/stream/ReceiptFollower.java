package io.pagestream.producer.stream;

import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.RunReceipt;
import io.pagestream.schemas.avro.Stage;
import io.pagestream.schemas.codec.RecordCodec;
import io.pagestream.schemas.connection.ClusterFailure;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.ledger.ReceiptRules;
import io.pagestream.schemas.page.PageBitmap;
import io.pagestream.schemas.text.PrintableText;
import io.pagestream.schemas.topic.DeadLetter;
import io.pagestream.schemas.topic.StartOffsets;
import io.pagestream.schemas.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the last stage's receipts of one image as they arrive, and dead letters that say that a
 * stage has refused it. If an earlier producer left the image unfinished, existing receipts are
 * read first: they show its progress.
 */
final class ReceiptFollower implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration CLOSE = Duration.ofSeconds(5);
  private static final long LETTER_SECONDS = 20;

  private final ImageManifest manifest;
  private final RejectedRecord rejected;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final RecordCodec<RunReceipt> codec = new RecordCodec<>(RunReceipt.class);
  private final BlockListener listener;
  private final FinishedBlocks finished = new FinishedBlocks();
  private final String deadLetters;
  private final Thread thread;
  private volatile boolean closing;
  private volatile @Nullable RuntimeException failure;
  private volatile @Nullable DeadLetter refusal;
  private final CountDownLatch firstLetter = new CountDownLatch(1);
  private volatile boolean deadRuns;

  /** Called for each block that has been completed; may be called twice for a block. */
  @FunctionalInterface
  interface BlockListener {
    void finished(long block);
  }

  /**
   * Reads the existing receipts if they count, then follows on its own thread.
   *
   * @param start where the results of this submission of the image begin
   * @param resume whether the image was sent with this manifest before, so that it has receipts
   */
  ReceiptFollower(
      StreamSettings settings,
      ImageManifest manifest,
      StartOffsets start,
      boolean resume,
      BlockListener listener,
      RejectedRecord rejected) {
    this.manifest = manifest;
    this.rejected = rejected;
    this.listener = listener;
    this.consumer = KafkaClients.follower(settings);
    this.deadLetters = Topics.DEAD_LETTERS.name(settings.topicPrefix());
    List<TopicPartition> partitions =
        Stream.of(Topics.RECEIPTS.name(settings.topicPrefix()), deadLetters)
            .flatMap(topic ->
                consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition())))
            .toList();
    consumer.assign(partitions);
    if (resume) {
      partitions.forEach(partition -> consumer.seek(partition, start.of(partition)));
      readToEnd(partitions);
    } else {
      consumer.seekToEnd(partitions);
      partitions.forEach(consumer::position);
    }
    this.thread = Thread.ofPlatform().name("pagestream-receipts").daemon().unstarted(this::follow);
    thread.start();
  }

  /** The first block for which the last stage has written no receipt. */
  long firstUnfinishedBlock() {
    return finished.firstMissing();
  }

  /** Waits for a receipt of the last stage; returns whether one came within the time. */
  boolean awaitReceipt(Duration most) throws InterruptedException {
    return finished.awaitNext(most);
  }

  /**
   * Throws if a stage has refused the image, or the following ended early.
   *
   * @throws PagestreamException {@link ErrorCode#JOB_REFUSED} or {@link ErrorCode#BROKER_FAILED}
   */
  void throwIfFailed() {
    DeadLetter refused = refusal;
    if (refused != null) {
      throw PagestreamException.inFile(
          ErrorCode.JOB_REFUSED,
          manifest.getName(),
          "was refused by the stage %s: %s"
              .formatted(
                  refused.stage().name().toLowerCase(Locale.ROOT),
                  PrintableText.of(refused.message(), DeadLetter.MOST_CHARACTERS)),
          "change the stage or the options, then run the same command again");
    }
    RuntimeException cause = failure;
    if (cause != null) {
      throw ClusterFailure.denied(cause)
          .orElseGet(() ->
              PagestreamException.of(
                      ErrorCode.BROKER_FAILED,
                      "the receipts cannot be read any further: " + cause.getMessage(),
                      "check the broker's log, then run the same command again")
                  .causedBy(cause));
    }
  }

  /**
   * Waits for a dead letter of the image if the analyzers' receipts count runs that they could not
   * process: a receipt may arrive before the letter that says why, and the reason may be a refusal.
   * A letter that does not arrive within seconds was retained too briefly, and is not waited for.
   */
  void awaitDeadLetter() throws InterruptedException {
    if (deadRuns) {
      var unusedArrived = firstLetter.await(LETTER_SECONDS, TimeUnit.SECONDS);
    }
  }

  private void readToEnd(List<TopicPartition> partitions) {
    var ends = consumer.endOffsets(partitions);
    while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
      pollOnce();
    }
  }

  private void follow() {
    try {
      while (!closing) {
        pollOnce();
      }
    } catch (WakeupException e) {
      if (!closing) {
        failure = e;
      }
    } catch (RuntimeException e) {
      failure = e; // the sender, which waits for receipts, checks for this
    } finally {
      consumer.close(CloseOptions.timeout(CLOSE));
    }
  }

  private void pollOnce() {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
      if (record.topic().equals(deadLetters)) {
        takeDeadLetter(record);
        continue;
      }
      if (record.value() == null) {
        continue; // a tombstone: a previous receipt was removed
      }
      try {
        RunReceipt receipt = codec.decode(record.value(), null);
        // A receipt of another plan counts other runs of the same image.
        if (receipt.getImageId().equals(manifest.getImageId())
            && receipt.getPlanId().equals(manifest.getPlanId())) {
          take(record, receipt);
        }
      } catch (PagestreamException e) {
        rejected.reject(record, String.valueOf(e.getMessage()));
      }
    }
  }

  private void takeDeadLetter(ConsumerRecord<byte[], byte[]> record) {
    DeadLetter letter = DeadLetter.read(record.headers(), record.topic());
    if (!letter.imageId().equals(manifest.getImageId())) {
      return;
    }
    if (letter.code().equals(ErrorCode.JOB_REFUSED.toString()) && refusal == null) {
      refusal = letter;
    }
    firstLetter.countDown();
  }

  private void take(ConsumerRecord<byte[], byte[]> record, RunReceipt receipt) {
    String violation = ReceiptRules.violation(manifest, receipt);
    if (violation != null) {
      rejected.reject(record, "an invalid receipt: " + violation);
    } else if (receipt.getStage() == Stage.ANALYZERS) {
      if (PageBitmap.count(receipt.getDeadRuns()) > 0) {
        deadRuns = true;
      }
      finished.add(receipt.getBlock());
      listener.finished(receipt.getBlock());
    } else if (PageBitmap.count(receipt.getDeadRuns()) > 0) {
      // The mapper wrote a dead letter for a run of this block, so the analyzers cannot finish it
      // before the image's
      // end: waiting for them would stop the stream.
      listener.finished(receipt.getBlock());
    }
  }

  @Override
  public void close() {
    closing = true;
    consumer.wakeup();
    try {
      thread.join(CLOSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
