package io.pagestream.cases.collect;

import io.pagestream.cases.sort.FindingSorter;
import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.PageStreamRecord;
import io.pagestream.schemas.avro.RunReceipt;
import io.pagestream.schemas.clock.AttendedTime;
import io.pagestream.schemas.codec.RecordCodec;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.finding.FindingRules;
import io.pagestream.schemas.topic.DeadLetter;
import io.pagestream.schemas.topic.Topics;
import java.time.Duration;
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

  /** Longest time without news between two polls that counts: the process may be stopped. */
  private static final Duration STEP = Duration.ofSeconds(2);

  private final CollectSettings settings;
  private final TopicReader reader;
  private final LongSupplier nanos;
  private final CaseTally tally;
  private final String images;
  private final String receipts;
  private final String verdicts;
  private final String deadLetters;
  private final RecordCodec<ImageManifest> manifestCodec = new RecordCodec<>(ImageManifest.class);
  private final RecordCodec<RunReceipt> receiptCodec = new RecordCodec<>(RunReceipt.class);
  private final RecordCodec<PageStreamRecord> verdictCodec =
      new RecordCodec<>(PageStreamRecord.class);
  private final RecordCodec<Finding> findingCodec = new RecordCodec<>(Finding.class);
  private final Queue<String> expected = new ConcurrentLinkedQueue<>();
  private final FindingRules rules = new FindingRules();
  private final RejectedRecords rejected = new RejectedRecords();
  private @Nullable Finding reuse;
  private @Nullable PageStreamRecord reuseVerdict;
  private volatile boolean moreMayCome;
  private @Nullable PagestreamException givenUp;

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
    this.deadLetters = Topics.DEAD_LETTERS.name(settings.topicPrefix());
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
        Topics.FINDINGS.name(prefix),
        Topics.DEAD_LETTERS.name(prefix));
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
   * Ends the collecting early, with what is here. Called by the listener of {@link #collect}; the
   * broker is not asked any more afterwards.
   *
   * @param why what the collected case gives as its failure
   */
  public void giveUp(PagestreamException why) {
    givenUp = why;
  }

  /**
   * Collects until everything is here, or nothing has arrived for too long.
   *
   * @return the case, complete or not: {@link CollectedCase#failure()} tells
   * @throws PagestreamException if the broker or the temporary files fail
   */
  public CollectedCase collect(CollectListener listener) {
    AttendedTime silent = new AttendedTime(nanos, STEP);
    while (moreMayCome || !isComplete()) {
      if (pollOnce()) {
        silent.restart();
      }
      listener.progress(tally.progress());
      if (givenUp != null) {
        return tally.collected(tally.check(), List.of(), rejected, givenUp);
      }
      Duration silence = silent.read();
      if (silence.compareTo(settings.stallTimeout()) > 0) {
        FindingsCheck check = tally.check();
        return tally.collected(
            check, List.of(), rejected, Shortfall.ofStalled(tally, check, silence));
      }
    }
    listener.progress(tally.progress());
    FindingsCheck check = tally.check();
    return tally.collected(check, List.of(), rejected, Shortfall.ofFinished(tally, check));
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
      if (record.topic().equals(deadLetters)) {
        news |= takeDeadLetter(record);
      } else if (record.value() != null) { // null is a tombstone: an old record was removed
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
        return takeVerdict(record);
      }
      Finding finding = findingCodec.decode(value, reuse);
      reuse = finding;
      return takeFinding(record, finding);
    } catch (PagestreamException e) {
      if (e.code() != ErrorCode.RECORD_CORRUPT) {
        throw e;
      }
      rejected.add(record, RejectedRecords.REJECTED, String.valueOf(e.getMessage()));
      return false;
    }
  }

  private boolean takeFinding(ConsumerRecord<byte[], byte[]> record, Finding finding) {
    String violation = rules.violation(record.key(), finding);
    if (violation != null) {
      rejected.add(record, RejectedRecords.FORGED, "a finding " + violation);
      return false;
    }
    return tally.finding(finding, record.value());
  }

  private boolean takeDeadLetter(ConsumerRecord<byte[], byte[]> record) {
    DeadLetter letter = DeadLetter.read(record.headers(), RejectedRecords.place(record));
    if (letter.isRun() && tally.expects(letter.imageId())) {
      return tally.deadLetter(letter);
    }
    if (letter.imageId().isEmpty()) {
      rejected.add(letter); // those of other images concern other cases
    }
    return false;
  }

  private boolean takeVerdict(ConsumerRecord<byte[], byte[]> record) {
    PageStreamRecord verdict = verdictCodec.decode(record.value(), reuseVerdict);
    reuseVerdict = verdict;
    if (verdict.getBody() instanceof PageRun run) {
      return tally.verdict(run, record.value());
    }
    reuseVerdict = null;
    rejected.add(record, RejectedRecords.REJECTED, "an opening or an end among the verdicts");
    return false;
  }

  /** Deletes the temporary files and lets go of the broker. */
  @Override
  public void close() {
    tally.close();
    reader.close();
  }
}
