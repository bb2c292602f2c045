package io.pagestream.analyzers.stage;

import io.pagestream.analyzers.api.Analyzer;
import io.pagestream.analyzers.api.DecodingLimits;
import io.pagestream.analyzers.api.Mappings;
import io.pagestream.analyzers.api.View;
import io.pagestream.analyzers.api.Window;
import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.finding.FindingIds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread with its own analyzers and its own native memory, used by no other thread. */
final class LaneWorker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LaneWorker.class);
  private static final AtomicInteger THREADS = new AtomicInteger();
  private static final long CLOSE_SECONDS = 5;

  private final AnalyzerSelection.Instances instances;
  private final FindingCap cap;
  private final RunWindows windows;
  private final FindingIds ids = new FindingIds();
  private final ExecutorService executor = Executors.newSingleThreadExecutor(this::thread);

  LaneWorker(AnalyzerSelection.Instances instances, FindingCap cap, PayloadFiles files) {
    this.instances = instances;
    this.cap = cap;
    this.windows = new RunWindows(files);
  }

  private Thread thread(Runnable work) {
    return Thread.ofPlatform()
        .name("pagestream-analyzers-" + THREADS.getAndIncrement())
        .daemon()
        .unstarted(work);
  }

  /**
   * The outcome of one analyzer for the run.
   *
   * @param capped findings omitted by the cap
   * @param decoded data that it decoded
   * @param failure null if it succeeded
   */
  record Outcome(
      String analyzer,
      List<Finding> findings,
      CappedFindings capped,
      DecodedStreams decoded,
      RunAnalysis.@Nullable Failure failure) {
    /** Only a failure. */
    static Outcome failed(String analyzer, RunAnalysis.Failure failure) {
      return new Outcome(
          analyzer,
          List.of(),
          new CappedFindings(),
          new DecodedStreams(DecodingLimits.DEFAULT),
          failure);
    }
  }

  /**
   * An analyzer at work.
   *
   * @param number number of analyzers of its job that began before it
   * @param usedBefore processor time of the thread at its start
   */
  record Work(Analyzer analyzer, int number, Thread thread, Duration usedBefore) {
    /** Processor time that it has used so far. */
    Duration used() {
      return ProcessorTime.of(thread).minus(usedBefore);
    }
  }

  /** A run being analyzed. The worker's thread writes, the lane's thread reads. */
  static final class Job {
    private final List<Outcome> outcomes = new ArrayList<>();
    private @Nullable Work current;
    private int begun;
    private boolean abandoned;
    private Future<?> done = CompletableFuture.completedFuture(null);

    Future<?> done() {
      return done;
    }

    private synchronized void begin(Analyzer analyzer) {
      Thread thread = Thread.currentThread();
      current = new Work(analyzer, begun++, thread, ProcessorTime.of(thread));
    }

    private synchronized boolean isAbandoned() {
      return abandoned;
    }

    private synchronized void end(Outcome outcome) {
      if (!abandoned) {
        outcomes.add(outcome);
      }
      current = null;
    }

    synchronized List<Outcome> outcomes() {
      return List.copyOf(outcomes);
    }

    /** The analyzer at work, or null between two analyzers. */
    synchronized @Nullable Work current() {
      return current;
    }

    /**
     * Stops accepting outcomes, unless the analyzer has ended in the meantime.
     *
     * @return whether it was still at work
     */
    synchronized boolean abandon(Work late) {
      abandoned = current != null && current.number() == late.number();
      return abandoned;
    }
  }

  /**
   * Starts analyzing a run.
   *
   * @param decoded windows of data decoded from the run; empty for the run's own bytes
   * @param skip analyzers to skip
   */
  Job submit(ImageManifest manifest, PageRun run, List<Window> decoded, Set<String> skip) {
    Job job = new Job();
    job.done = executor.submit(() -> work(job, manifest, run, decoded, skip));
    return job;
  }

  private void work(
      Job job, ImageManifest manifest, PageRun run, List<Window> decoded, Set<String> skip) {
    List<Window> shown = decoded;
    PagestreamException unreadable = null;
    if (decoded.isEmpty()) {
      try {
        shown = windows.of(manifest, run);
      } catch (PagestreamException e) {
        unreadable = e; // the file in which the pages are
      }
    }
    instances.patterns().scan(shown);
    for (int index = 0; index < instances.analyzers().size(); index++) {
      Analyzer analyzer = instances.analyzers().get(index);
      boolean seesAny =
          switch (analyzer.info().view()) {
            case BYTES -> unreadable != null || !shown.isEmpty();
            case MAPPINGS -> decoded.isEmpty() && !run.getMappings().isEmpty();
          };
      if (!seesAny || skip.contains(analyzer.info().name())) {
        continue;
      }
      job.begin(analyzer);
      job.end(
          unreadable != null && analyzer.info().view() == View.Kind.BYTES
              ? Outcome.failed(
                  analyzer.info().name(),
                  RunAnalysis.Failure.unreadable(analyzer.info().name(), unreadable))
              : analyze(index, manifest, run, shown));
      if (job.isAbandoned()) {
        return;
      }
    }
  }

  private Outcome analyze(int index, ImageManifest manifest, PageRun run, List<Window> shown) {
    Analyzer analyzer = instances.analyzers().get(index);
    RunFindings findings =
        new RunFindings(
            manifest, run, analyzer.info(), ids, cap, instances.decoding(), instances.rules());
    String name = analyzer.info().name();
    try {
      switch (analyzer.info().view()) {
        case BYTES -> {
          for (int i = 0; i < shown.size(); i++) {
            findings.in(shown.get(i));
            analyzer.analyze(shown.get(i), instances.patterns().of(index, i), findings);
          }
        }
        case MAPPINGS -> {
          Mappings mappings = mappings(run);
          findings.in(mappings);
          analyzer.analyze(mappings, findings);
        }
      }
      return new Outcome(name, findings.settle(), findings.capped(), findings.decoded(), null);
    } catch (Throwable e) {
      // Errors too: an analyzer that allocates too large an array must not end the stage. What it
      // reported before it failed stays: the failure comes again at the same byte.
      LOG.debug("{} failed on run {}", name, run.getRunIndex(), e);
      return new Outcome(
          name,
          findings.settle(),
          findings.capped(),
          findings.decoded(),
          RunAnalysis.Failure.error(name, e));
    }
  }

  private static Mappings mappings(PageRun run) {
    return new Mappings(
        run.getPhysicalAddress(), run.getPageCount(), run.getMappingBefore(), run.getMappings());
  }

  /** Abandons the thread: it may never end, and its memory must not be freed while it runs. */
  void leaveBehind() {
    executor.shutdownNow();
  }

  /** Whether the thread has ended after {@link #leaveBehind()}. */
  boolean hasEnded() {
    return executor.isTerminated();
  }

  @Override
  public void close() {
    executor.shutdown();
    try {
      if (executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        instances.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
