package io.pagestream.analyzers.stage;

import io.pagestream.analyzers.api.Analyzer;
import io.pagestream.analyzers.api.PageWindow;
import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.finding.FindingIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread with its own analyzers and its own native memory, which nobody else ever touches. */
final class LaneWorker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LaneWorker.class);
  private static final long CLOSE_SECONDS = 5;

  private final List<Analyzer> analyzers;
  private final RunWindows windows = new RunWindows();
  private final FindingIds ids = new FindingIds();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("pagestream-analyzers-", 0).daemon().factory());

  LaneWorker(List<Analyzer> analyzers) {
    this.analyzers = analyzers;
  }

  /**
   * What one analyzer made of the run.
   *
   * @param failure null if it came to its end
   */
  record Outcome(String analyzer, List<Finding> findings, RunAnalysis.@Nullable Failure failure) {}

  /** A run being analysed. The worker's thread writes, the lane's thread reads. */
  static final class Job {
    private final List<Outcome> outcomes = new ArrayList<>();
    private @Nullable Analyzer current;
    private long startedNanos = System.nanoTime();
    private boolean abandoned;
    private Future<?> done = CompletableFuture.completedFuture(null);

    Future<?> done() {
      return done;
    }

    synchronized void begin(Analyzer analyzer) {
      current = analyzer;
      startedNanos = System.nanoTime();
    }

    synchronized boolean isAbandoned() {
      return abandoned;
    }

    synchronized void end(Outcome outcome) {
      if (!abandoned) {
        outcomes.add(outcome);
      }
      current = null;
    }

    synchronized List<Outcome> outcomes() {
      return List.copyOf(outcomes);
    }

    synchronized long nanosLeft(long timeoutNanos) {
      return timeoutNanos - (System.nanoTime() - startedNanos);
    }

    /**
     * If an analyzer is at work beyond its time, takes no more outcomes.
     *
     * @return that analyzer, or null if none is
     */
    synchronized @Nullable Analyzer abandonIfOverdue(long timeoutNanos) {
      if (current == null || nanosLeft(timeoutNanos) > 0) {
        return null;
      }
      abandoned = true;
      return current;
    }
  }

  Job submit(ImageManifest manifest, PageRun run, Set<String> skip) {
    Job job = new Job();
    job.done = thread.submit(() -> work(job, manifest, run, skip));
    return job;
  }

  private void work(Job job, ImageManifest manifest, PageRun run, Set<String> skip) {
    List<PageWindow> shown = windows.of(run);
    if (shown.isEmpty()) {
      return;
    }
    for (Analyzer analyzer : analyzers) {
      if (skip.contains(analyzer.info().name())) {
        continue;
      }
      job.begin(analyzer);
      job.end(analyze(analyzer, manifest, run, shown));
      if (job.isAbandoned()) {
        return;
      }
    }
  }

  private Outcome analyze(
      Analyzer analyzer, ImageManifest manifest, PageRun run, List<PageWindow> shown) {
    RunFindings findings = new RunFindings(manifest, run, analyzer.info(), ids, shown.getFirst());
    String name = analyzer.info().name();
    try {
      for (PageWindow window : shown) {
        findings.in(window);
        analyzer.analyze(window, findings);
      }
      return new Outcome(name, findings.all(), null);
    } catch (RuntimeException | StackOverflowError e) {
      // What it reported before it failed stays: the failure comes again at the same byte.
      LOG.debug("{} failed on run {}", name, run.getRunIndex(), e);
      return new Outcome(
          name, findings.all(), new RunAnalysis.Failure(name, "error", e.toString()));
    }
  }

  /** Gives up on the thread: it may never end, and its memory must not be freed under it. */
  void leaveBehind() {
    thread.shutdownNow();
  }

  @Override
  public void close() {
    thread.shutdown();
    try {
      if (thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        analyzers.forEach(Analyzer::close);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
