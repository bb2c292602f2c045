package io.pagestream.findings.collect;

import io.pagestream.findings.sort.FindingSorter;
import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.PageStreamRecord;
import io.pagestream.schemas.avro.RunReceipt;
import io.pagestream.schemas.codec.RecordCodec;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.ledger.ImageLedger;
import io.pagestream.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jspecify.annotations.Nullable;

/**
 * Collects a case from the topics {@code images}, {@code verdicts}, {@code receipts} and {@code
 * findings}. Findings and verdicts may arrive after the receipt that tells of them, so it goes on
 * until as many distinct ones are here as the receipts tell, or until nothing has arrived for the
 * stall time-out. Belongs to one thread.
 */
public final class FindingCollector implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final int MOST_UNREADABLE_TOLD = 3;

  private final CollectSettings settings;
  private final TopicReader reader;
  private final LongSupplier nanos;
  private final CaseTally tally;
  private final String images;
  private final String receipts;
  private final String verdicts;
  private final RecordCodec<ImageManifest> manifestCodec = new RecordCodec<>(ImageManifest.class);
  private final RecordCodec<RunReceipt> receiptCodec = new RecordCodec<>(RunReceipt.class);
  private final RecordCodec<PageStreamRecord> verdictCodec =
      new RecordCodec<>(PageStreamRecord.class);
  private final RecordCodec<Finding> findingCodec = new RecordCodec<>(Finding.class);
  private final Queue<String> expected = new ConcurrentLinkedQueue<>();
  private final List<String> unreadable = new ArrayList<>();
  private @Nullable Finding reuse;
  private @Nullable PageStreamRecord reuseVerdict;
  private long unreadableCount;
  private volatile boolean moreMayCome;

  /** A collector with a connection of its own. */
  public FindingCollector(CollectSettings settings) {
    this(
        settings,
        TopicReader.open(
            settings.kafka(),
            "pagestream-findings",
            topics(settings.topicPrefix()),
            settings.startOffsets()),
        System::nanoTime);
  }

  FindingCollector(CollectSettings settings, TopicReader reader, LongSupplier nanos) {
    this.settings = settings;
    this.reader = reader;
    this.nanos = nanos;
    this.images = Topics.IMAGES.name(settings.topicPrefix());
    this.receipts = Topics.RECEIPTS.name(settings.topicPrefix());
    this.verdicts = Topics.VERDICTS.name(settings.topicPrefix());
    int count = settings.imageIds().size();
    this.tally =
        new CaseTally(
            settings.imageIds(),
            settings.scratch(),
            new FindingSorter(settings.scratch(), count, settings.chunkFindings()));
  }

  /** The topics that a case is collected from. */
  public static List<String> topics(String prefix) {
    return List.of(
        Topics.IMAGES.name(prefix),
        Topics.VERDICTS.name(prefix),
        Topics.RECEIPTS.name(prefix),
        Topics.FINDINGS.name(prefix));
  }

  /**
   * Adds an image to the case, after those that are there. Called before the image is streamed, on
   * any thread, and only while the collector was told that more may come.
   */
  public void expect(String imageId) {
    expected.add(imageId);
  }

  /**
   * Whether further images may be {@linkplain #expect expected}; collecting does not end before.
   */
  public void moreMayCome(boolean more) {
    moreMayCome = more;
  }

  /**
   * Collects until everything is here, or nothing has arrived for too long.
   *
   * @return the case, complete or not: {@link CollectedCase#failure()} tells
   * @throws PagestreamException if the broker or the temporary files fail
   */
  public CollectedCase collect(CollectListener listener) {
    long lastNews = nanos.getAsLong();
    while (moreMayCome || !isComplete()) {
      if (pollOnce()) {
        lastNews = nanos.getAsLong();
      }
      listener.progress(tally.progress());
      Duration silence = Duration.ofNanos(nanos.getAsLong() - lastNews);
      if (silence.compareTo(settings.stallTimeout()) > 0) {
        FindingsCheck check = tally.check();
        return collected(check, Shortfall.ofStalled(tally, check, silence));
      }
    }
    listener.progress(tally.progress());
    FindingsCheck check = tally.check();
    return collected(check, Shortfall.ofFinished(tally, check));
  }

  private CollectedCase collected(FindingsCheck check, @Nullable PagestreamException failure) {
    List<String> notes = new ArrayList<>(check.notes());
    notes.addAll(unreadable);
    if (unreadableCount > unreadable.size()) {
      notes.add((unreadableCount - unreadable.size()) + " more records could not be read.");
    }
    List<String> problems = new ArrayList<>(check.problems());
    problems.addAll(VerdictCheck.problems(tally.ledgers(), tally.verdicts()));
    long rejectedReceipts = tally.ledgers().stream().mapToLong(ImageLedger::rejectedReceipts).sum();
    return new CollectedCase(
        tally.ledgers(),
        check.findings(),
        tally.verdicts(),
        problems,
        notes,
        unreadableCount + rejectedReceipts,
        failure);
  }

  private boolean isComplete() {
    takeExpected();
    return tally.isComplete();
  }

  private void takeExpected() {
    for (String imageId = expected.poll(); imageId != null; imageId = expected.poll()) {
      tally.expect(imageId);
    }
  }

  private boolean pollOnce() {
    boolean news = moreMayCome; // the producer is at work on the next image
    ConsumerRecords<byte[], byte[]> records = reader.poll(POLL);
    takeExpected(); // whose records may be among these
    for (ConsumerRecord<byte[], byte[]> record : records) {
      if (record.value() != null) { // null is a tombstone: somebody removed an old record
        news |= take(record);
      }
    }
    return news;
  }

  private boolean take(ConsumerRecord<byte[], byte[]> record) {
    byte[] value = record.value();
    try {
      if (record.topic().equals(images)) {
        return tally.manifest(manifestCodec.decode(value, null));
      } else if (record.topic().equals(receipts)) {
        return tally.receipt(receiptCodec.decode(value, null));
      }
      if (record.topic().equals(verdicts)) {
        return takeVerdict(value);
      }
      Finding finding = findingCodec.decode(value, reuse);
      reuse = finding;
      return tally.finding(finding, value);
    } catch (PagestreamException e) {
      if (e.code() != ErrorCode.RECORD_CORRUPT) {
        throw e;
      }
      unreadableCount++;
      if (unreadable.size() < MOST_UNREADABLE_TOLD) {
        unreadable.add(
            "A record could not be read and is left out: %s/%d/%d: %s."
                .formatted(record.topic(), record.partition(), record.offset(), e.getMessage()));
      }
      return false;
    }
  }

  private boolean takeVerdict(byte[] value) {
    PageStreamRecord record = verdictCodec.decode(value, reuseVerdict);
    reuseVerdict = record;
    if (record.getBody() instanceof PageRun run) {
      return tally.verdict(run, value);
    }
    reuseVerdict = null;
    return false; // an opening or an end: nobody of ours writes them there
  }

  /** Deletes the temporary files and lets go of the broker. */
  @Override
  public void close() {
    tally.close();
    reader.close();
  }
}
