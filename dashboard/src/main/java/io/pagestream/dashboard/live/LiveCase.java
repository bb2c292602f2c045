package io.pagestream.dashboard.live;

import io.pagestream.cases.collect.CaseFollower;
import io.pagestream.cases.collect.CaseImage;
import io.pagestream.cases.store.LiveStore;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.avro.Stage;
import io.pagestream.schemas.error.PagestreamException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills a {@link LiveStore} while a case is collected, on the collecting thread. Histograms, facets
 * and verdicts are refreshed periodically, less often for larger cases, so that they never use more
 * than a fifth of a processor. A failure ends the following, but not the collecting.
 */
public final class LiveCase implements CaseFollower {
  private static final Logger LOG = LoggerFactory.getLogger(LiveCase.class);
  private static final int BATCH = 20_000;
  private static final long BATCH_NANOS = 500_000_000L;
  private static final long REFRESH_NANOS = 2_000_000_000L;
  private static final int REST = 4;
  private static final int PAGE_BYTES = 4096;

  private final LiveStore store;
  private final boolean endless;
  private final long started = System.nanoTime();
  private final StageSpeed mapperSpeed = new StageSpeed();
  private final StageSpeed analyzerSpeed = new StageSpeed();
  private final AtomicReference<CaseProgress> progress;
  private final List<Finding> waiting = new ArrayList<>();
  private @Nullable List<Doubt> rejected;
  private boolean ended;
  private boolean failed;
  private long findings;
  private boolean refreshNeeded;
  private long lastBatch;
  private long nextRefresh;

  /**
   * An empty case.
   *
   * @param store an empty store
   * @param endless whether the case is that of a cluster, which has no end; otherwise {@link
   *     #ended} marks the end
   */
  public LiveCase(LiveStore store, boolean endless) {
    this.store = store;
    this.endless = endless;
    this.progress =
        new AtomicReference<>(new CaseProgress("running", List.of(), List.of(), 0, 0, ""));
  }

  /** The progress of the case; may be called on any thread. */
  public CaseProgress progress() {
    return progress.get();
  }

  @Override
  public void finding(Finding finding) {
    if (!failed) {
      waiting.add(Finding.newBuilder(finding).build());
    }
  }

  @Override
  public void rejected(List<Doubt> doubts) {
    rejected = List.copyOf(doubts);
  }

  @Override
  public void polled(List<CaseImage> images) {
    attempt(images, () -> keep(images, false));
  }

  @Override
  public void ended(List<CaseImage> images) {
    ended = true;
    attempt(images, () -> keep(images, true));
  }

  /** Reports that the case can no longer be followed. */
  public void fail(RuntimeException why) {
    failed = true;
    waiting.clear();
    LOG.warn("the case can no longer be followed", why);
    String message =
        why instanceof PagestreamException
            ? String.valueOf(why.getMessage())
            : "following the case failed; see the log";
    progress.updateAndGet(last -> last.failed(message));
  }

  private void attempt(List<CaseImage> images, Runnable work) {
    if (failed) {
      return;
    }
    try {
      work.run();
      publish(images);
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  private void addFindings() {
    findings += store.add(waiting);
    waiting.clear();
    refreshNeeded = true;
    lastBatch = System.nanoTime();
  }

  private void keep(List<CaseImage> images, boolean all) {
    long now = System.nanoTime();
    if (!waiting.isEmpty() && (all || waiting.size() >= BATCH || now - lastBatch > BATCH_NANOS)) {
      addFindings();
    }
    if (!all && now < nextRefresh) {
      return;
    }
    for (CaseImage image : images) {
      if (image.takeFactsChanged()) {
        store.putImage(image.place(), image.ledger());
      }
      if (image.takeVerdictsChanged()) {
        store.putVerdicts(image.ledger().imageId(), image.verdicts());
      }
    }
    if (rejected != null) {
      store.putStrayDoubts(rejected);
      rejected = null;
    }
    if (refreshNeeded) {
      store.refresh();
      refreshNeeded = false;
    }
    long end = System.nanoTime();
    nextRefresh = end + Math.max(REFRESH_NANOS, (end - now) * REST);
  }

  private void publish(List<CaseImage> images) {
    long now = System.nanoTime();
    long mapped = 0;
    long analyzed = 0;
    for (CaseImage image : images) {
      mapped += image.ledger().progress(Stage.MAPPER).pages();
      analyzed += image.ledger().progress(Stage.ANALYZERS).pages();
    }
    mapperSpeed.note(now, mapped);
    analyzerSpeed.note(now, analyzed);
    double speed = analyzerSpeed.pagesPerSecond();
    progress.set(
        new CaseProgress(
            state(images),
            images.stream().map(image -> ImageProgress.of(image, speed)).toList(),
            List.of(
                new CaseProgress.StageRate(
                    "mapper", mapped, 0, mapperSpeed.pagesPerSecond() * PAGE_BYTES),
                new CaseProgress.StageRate(
                    "analyzers", analyzed, Math.max(0, mapped - analyzed), speed * PAGE_BYTES)),
            findings,
            (now - started) / 1_000_000_000L,
            ""));
  }

  /**
   * The case is finished when everything has arrived and is in the store: the browser then reloads.
   */
  private String state(List<CaseImage> images) {
    boolean whole = !images.isEmpty() && images.stream().allMatch(CaseImage::isFinished);
    boolean stored = waiting.isEmpty() && !refreshNeeded;
    return whole && stored && images.stream().noneMatch(CaseImage::hasChanges) && (endless || ended)
        ? "finished"
        : "running";
  }
}
