package io.pagestream.cases.collect;

import io.pagestream.schemas.clock.AttendedTime;
import io.pagestream.schemas.error.PagestreamException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jspecify.annotations.Nullable;

/**
 * Collects a case from the topics {@code images}, {@code verdicts}, {@code receipts} and {@code
 * findings}. Findings and verdicts may arrive after the receipt that counts them, so collecting
 * continues until as many distinct ones have arrived as the receipts count, or until nothing has
 * arrived for the stall time-out. Confined to one thread.
 */
public final class FindingCollector implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  /** Maximum time between two polls that is counted as a stall: the process may be stopped. */
  private static final Duration STEP = Duration.ofSeconds(2);

  private final CollectSettings settings;
  private final TopicReader reader;
  private final LongSupplier nanos;
  private final CaseTally tally;
  private final CaseRecords records;
  private final CaseFollower follower;
  private final Queue<String> expected = new ConcurrentLinkedQueue<>();
  private volatile boolean moreMayCome;
  private @Nullable PagestreamException givenUp;
  private long reportedRejected;

  /** A collector with a separate connection. */
  public FindingCollector(CollectSettings settings) {
    this(settings, CaseFollower.NONE);
  }

  /**
   * The same, with a follower.
   *
   * @throws PagestreamException if the broker cannot be reached or has no such topics
   */
  public FindingCollector(CollectSettings settings, CaseFollower follower) {
    this(settings, open(settings), System::nanoTime, follower);
  }

  FindingCollector(
      CollectSettings settings, TopicReader reader, LongSupplier nanos, CaseFollower follower) {
    this(
        settings,
        reader,
        nanos,
        follower,
        CaseTally.of(settings.imageIds(), settings.scratch(), settings.chunkFindings()));
  }

  private FindingCollector(
      CollectSettings settings,
      TopicReader reader,
      LongSupplier nanos,
      CaseFollower follower,
      CaseTally tally) {
    this.settings = settings;
    this.reader = reader;
    this.nanos = nanos;
    this.follower = follower;
    this.tally = tally;
    this.records =
        new CaseRecords(
            settings.topicPrefix(), tally, follower, new ResultStarts(settings.starts()));
  }

  /**
   * A collector that only {@linkplain #follow follows}: every image in the topics belongs to its
   * case, and its findings are not kept.
   *
   * @param mostImages maximum number of images; records of further ones are rejected
   * @throws PagestreamException if the broker cannot be reached or has no such topics
   */
  public static FindingCollector ofAllImages(
      CollectSettings settings, int mostImages, CaseFollower follower) {
    return new FindingCollector(
        settings,
        open(settings),
        System::nanoTime,
        follower,
        CaseTally.ofAll(settings.scratch(), mostImages));
  }

  private static TopicReader open(CollectSettings settings) {
    return TopicReader.open(
        settings.kafka(),
        "pagestream-findings",
        CaseRecords.topics(settings.topicPrefix()),
        new ResultStarts(settings.starts()).first(settings.imageIds()));
  }

  /**
   * Appends an image to the case. Called before the image is streamed, on any thread, and only
   * while the collector expects more.
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
   * Adds the records of images that were collected before. Used on the collecting thread, before
   * {@link #collect}; their manifests are given before their other records.
   */
  public Recollection recollection() {
    return new Recollection(tally, records.rejected(), follower);
  }

  /**
   * Ends the collecting early, with the records received so far. Called by the listener of {@link
   * #collect}; the broker is not used afterwards.
   *
   * @param why the failure of the collected case
   */
  public void giveUp(PagestreamException why) {
    givenUp = why;
  }

  /**
   * Collects until everything has arrived, or nothing has arrived for too long.
   *
   * @return the case, complete or not; see {@link CollectedCase#failure()}
   * @throws PagestreamException if the broker or the temporary files fail
   */
  public CollectedCase collect(CollectListener listener) {
    CollectedCase collected = collectAll(listener);
    reportRejected();
    follower.ended(tally.images());
    return collected;
  }

  /** Passes all records to the follower until it is stopped. */
  public void follow(BooleanSupplier stop) {
    while (!stop.getAsBoolean()) {
      pollOnce();
    }
  }

  private CollectedCase collectAll(CollectListener listener) {
    AttendedTime silent = new AttendedTime(nanos, STEP);
    while (moreMayCome || !isComplete()) {
      if (pollOnce()) {
        silent.restart();
      }
      listener.progress(tally.progress());
      for (CaseImage image : tally.takeCompleted()) {
        listener.completed(tally.collected(image));
      }
      if (givenUp != null) {
        return tally.collected(tally.check(), List.of(), records.rejected(), givenUp);
      }
      Duration silence = silent.read();
      if (silence.compareTo(settings.stallTimeout()) > 0) {
        FindingsCheck check = tally.check();
        return tally.collected(
            check, List.of(), records.rejected(), Shortfall.ofStalled(tally, check, silence));
      }
    }
    listener.progress(tally.progress());
    FindingsCheck check = tally.check();
    return tally.collected(
        check, List.of(), records.rejected(), Shortfall.ofFinished(tally, check));
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
    boolean news = moreMayCome; // the producer is working on the next image
    ConsumerRecords<byte[], byte[]> polled = reader.poll(POLL);
    takeExpected(); // whose records may be among these
    for (ConsumerRecord<byte[], byte[]> record : polled) {
      news |= records.take(record);
    }
    reportRejected();
    follower.polled(tally.images());
    return news;
  }

  private void reportRejected() {
    long count = records.rejected().count();
    if (count > reportedRejected) {
      reportedRejected = count;
      follower.rejected(RejectedRecords.doubts(records.rejected().letters()));
    }
  }

  /** Deletes the temporary files and disconnects from the broker. */
  @Override
  public void close() {
    tally.close();
    reader.close();
  }
}
