package io.pagestream.dashboard.live;

import io.pagestream.cases.collect.FindingCollector;
import io.pagestream.cases.collect.TopicReader;
import io.pagestream.cases.store.LiveStore;
import io.pagestream.schemas.avro.Stage;
import io.pagestream.schemas.connection.KafkaConnection;
import io.pagestream.schemas.error.PagestreamException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows a case through its topics into a {@link LiveStore}, from their beginning, on a thread of
 * its own. Histograms, facets and verdicts are made anew now and then: the more there is, the less
 * often, so that following never costs more than a fifth of a processor for these.
 */
public final class LiveCase implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LiveCase.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final int BATCH = 20_000;
  private static final long BATCH_NANOS = 500_000_000L;
  private static final long REFRESH_NANOS = 2_000_000_000L;
  private static final int REST = 4;
  private static final int PAGE_BYTES = 4096;

  private final TopicReader reader;
  private final LiveStore store;
  private final LiveRecords records;
  private final boolean endless;
  private final long started = System.nanoTime();
  private final StageSpeed mapperSpeed = new StageSpeed();
  private final StageSpeed analyzerSpeed = new StageSpeed();
  private final AtomicReference<CaseProgress> progress;
  private final Thread thread;
  private volatile boolean drain;
  private volatile boolean stop;
  private long findings;
  private boolean refreshNeeded;
  private boolean stored;
  private long lastBatch;
  private long nextRefresh;

  private LiveCase(TopicReader reader, LiveStore store, LiveRecords records, boolean endless) {
    this.reader = reader;
    this.store = store;
    this.records = records;
    this.endless = endless;
    this.progress =
        new AtomicReference<>(new CaseProgress("running", List.of(), List.of(), 0, 0, ""));
    this.thread =
        Thread.ofPlatform().name("pagestream-dashboard-follower").daemon().unstarted(this::run);
  }

  /**
   * Begins to follow.
   *
   * @param store an empty store, which the caller closes after this
   * @param scratch an existing folder for temporary files
   * @param endless whether the case is a cluster's, which has no end; otherwise {@link #finish}
   *     tells it
   * @throws PagestreamException if the broker cannot be reached or has no such topics
   */
  public static LiveCase follow(
      KafkaConnection kafka, String prefix, LiveStore store, Path scratch, boolean endless) {
    TopicReader reader =
        TopicReader.open(kafka, "pagestream-dashboard", FindingCollector.topics(prefix), Map.of());
    LiveCase live = new LiveCase(reader, store, new LiveRecords(prefix, scratch), endless);
    live.thread.start();
    return live;
  }

  /** How far the case is. */
  public CaseProgress progress() {
    return progress.get();
  }

  /** Takes what is on the topics now, then lets go of the broker. */
  public void finish() throws InterruptedException {
    drain = true;
    thread.join();
  }

  private void run() {
    try (reader) {
      Map<TopicPartition, Long> ends = Map.of();
      boolean draining = false;
      while (!stop && !(draining && reader.hasReached(ends))) {
        if (drain && !draining) {
          draining = true;
          ends = reader.ends();
        }
        for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
          records.take(record);
          stored = false;
          if (records.waitingFindings() >= BATCH) {
            addFindings();
          }
        }
        keep(false);
        tell("");
      }
      keep(true);
      tell("");
    } catch (PagestreamException e) {
      LOG.warn("the case cannot be followed any further", e);
      tell(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.error("following the case failed", e);
      tell("following the case failed; see the log");
    } finally {
      records.close();
    }
  }

  private void addFindings() {
    findings += store.add(records.takeFindings());
    refreshNeeded = true;
    lastBatch = System.nanoTime();
  }

  private void keep(boolean all) {
    long now = System.nanoTime();
    if (records.waitingFindings() > 0 && (all || now - lastBatch > BATCH_NANOS)) {
      addFindings();
    }
    if (!all && now < nextRefresh) {
      return;
    }
    for (LiveImage image : records.images()) {
      if (image.takeFactsChanged()) {
        store.putImage(image.place(), image.ledger());
      }
      if (image.takeVerdictsChanged()) {
        VerdictRows verdicts = VerdictRows.of(image.verdicts(), VerdictRows.MOST);
        store.putVerdicts(image.ledger().imageId(), verdicts.rows(), verdicts.remark());
      }
    }
    if (refreshNeeded) {
      store.refresh();
      refreshNeeded = false;
    }
    stored = records.waitingFindings() == 0;
    long end = System.nanoTime();
    nextRefresh = end + Math.max(REFRESH_NANOS, (end - now) * REST);
  }

  private void tell(String failure) {
    long now = System.nanoTime();
    long mapped = 0;
    long analyzed = 0;
    for (LiveImage image : records.images()) {
      mapped += image.ledger().progress(Stage.MAPPER).pages();
      analyzed += image.ledger().progress(Stage.ANALYZERS).pages();
    }
    mapperSpeed.note(now, mapped);
    analyzerSpeed.note(now, analyzed);
    List<ImageProgress> images = new ArrayList<>();
    for (LiveImage image : records.images()) {
      images.add(image.progress(analyzerSpeed.pagesPerSecond()));
    }
    progress.set(
        new CaseProgress(
            state(failure),
            images,
            List.of(
                new CaseProgress.StageRate(
                    "mapper", mapped, 0, mapperSpeed.pagesPerSecond() * PAGE_BYTES),
                new CaseProgress.StageRate(
                    "analyzers",
                    analyzed,
                    Math.max(0, mapped - analyzed),
                    analyzerSpeed.pagesPerSecond() * PAGE_BYTES)),
            findings,
            (now - started) / 1_000_000_000L,
            failure));
  }

  /** A case is finished when all has come and can be asked for: the browser asks once more then. */
  private String state(String failure) {
    if (!failure.isEmpty()) {
      return "failed";
    }
    List<LiveImage> images = records.images();
    boolean whole = !images.isEmpty() && images.stream().allMatch(LiveImage::isFinished);
    return whole && stored && (endless || drain) ? "finished" : "running";
  }

  /** Stops following. */
  @Override
  public void close() {
    stop = true;
    try {
      thread.join(5000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
