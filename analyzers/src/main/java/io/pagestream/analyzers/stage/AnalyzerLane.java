package io.pagestream.analyzers.stage;

import io.pagestream.analyzers.api.AnalyzerInfo;
import io.pagestream.analyzers.api.DecodingLimits;
import io.pagestream.analyzers.api.View;
import io.pagestream.analyzers.api.Window;
import io.pagestream.analyzers.catalog.AnalyzerRegistration;
import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.clock.AttendedTime;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Runs all analyzers over runs, one run at a time, each analyzer within a {@link WorkLimit}. The
 * analyzers work on a separate thread of the lane. Java cannot stop a thread, so a thread that
 * exceeds its limit is abandoned with its buffers, and a new thread with new analyzers continues
 * with the rest.
 *
 * <p>An analyzer that failed on a run is tried once more, with new instances of all analyzers
 * unless only the run's bytes could not be read; only a second failure counts.
 */
public final class AnalyzerLane implements AutoCloseable {
  /**
   * Maximum number of abandoned threads of one analyzer. Beyond that it is not used until one of
   * them ends, so that an analyzer that never ends cannot use all processors. An analyzer that is
   * merely slow ends, and is used again.
   */
  static final int MOST_STUCK = 4;

  private static final Duration LONGEST_STEP = Duration.ofMillis(100);

  private final AnalyzerSelection selection;
  private final WorkLimit limit;
  private final Duration step;
  private final FindingCap cap;
  private final PayloadFiles files;
  private final Map<String, List<LaneWorker>> leftBehind = new HashMap<>();
  private LaneWorker worker;

  /** A lane with new analyzers. */
  public AnalyzerLane(AnalyzerStage.Settings settings) {
    this(settings.selection(), WorkLimit.of(settings.timeout()), settings.cap(), settings.files());
  }

  AnalyzerLane(AnalyzerSelection selection, WorkLimit limit, FindingCap cap, PayloadFiles files) {
    this.files = files;
    this.selection = selection;
    this.cap = cap;
    this.limit = limit;
    Duration tenth = limit.processor().dividedBy(10).plusMillis(1);
    this.step = tenth.compareTo(LONGEST_STEP) < 0 ? tenth : LONGEST_STEP;
    this.worker = new LaneWorker(selection.create(), cap, files);
  }

  /**
   * Analyzes a run that the mapper has judged.
   *
   * @throws PagestreamException {@link ErrorCode#RECORD_CORRUPT} if the run contradicts itself, so
   *     that it cannot be analyzed
   */
  public RunAnalysis analyze(ImageManifest manifest, PageRun run) {
    List<Finding> findings = new ArrayList<>();
    List<RunAnalysis.Failure> failures = new ArrayList<>(0);
    CappedFindings capped = new CappedFindings();
    DecodedStreams decoded = new DecodedStreams(DecodingLimits.DEFAULT); // has kept it already
    List<Window> windows = List.of();
    boolean unseen = false;
    do { // first the run's own bytes, then the data decoded from them, and so on
      for (LaneWorker.Outcome outcome : attemptTwice(manifest, run, windows)) {
        findings.addAll(outcome.findings());
        capped.addAll(outcome.capped());
        decoded.addAll(outcome.decoded());
        if (outcome.failure() != null) {
          failures.add(outcome.failure());
        }
      }
      unseen |= windows.isEmpty() && allFailed(failures);
      windows = decoded.takeWindows();
    } while (!windows.isEmpty());
    return new RunAnalysis(
        findings, capped.byKind(), capped.ranges(), decoded.counts(), failures, unseen);
  }

  /** Passes windows, or the run's own bytes if there are none, to every analyzer. */
  private Collection<LaneWorker.Outcome> attemptTwice(
      ImageManifest manifest, PageRun run, List<Window> windows) {
    Map<String, LaneWorker.Outcome> outcomes = new LinkedHashMap<>();
    attemptAll(manifest, run, windows, disabled(outcomes), outcomes);
    if (outcomes.values().stream().anyMatch(AnalyzerLane::canBeTriedAgain)) {
      Set<String> settled = new HashSet<>();
      outcomes.forEach((name, outcome) -> {
        if (!canBeTriedAgain(outcome)) {
          settled.add(name);
        }
      });
      if (outcomes.values().stream().anyMatch(AnalyzerLane::mayHaveLeftAnAnalyzerUnusable)) {
        replaceWorker();
      }
      attemptAll(manifest, run, windows, settled, outcomes);
    }
    return outcomes.values();
  }

  /** Whether every analyzer of bytes failed. */
  private boolean allFailed(List<RunAnalysis.Failure> failures) {
    List<String> failed = failures.stream().map(RunAnalysis.Failure::analyzer).toList();
    List<String> ofBytes =
        selection.registrations().stream()
            .map(AnalyzerRegistration::info)
            .filter(info -> info.view() == View.Kind.BYTES)
            .map(AnalyzerInfo::name)
            .toList();
    return !ofBytes.isEmpty() && failed.containsAll(ofBytes);
  }

  private static boolean canBeTriedAgain(LaneWorker.Outcome outcome) {
    return outcome.failure() != null && !outcome.failure().reason().equals("disabled");
  }

  /** Whether an analyzer failed while it worked, not because it had nothing to read. */
  private static boolean mayHaveLeftAnAnalyzerUnusable(LaneWorker.Outcome outcome) {
    RunAnalysis.Failure failure = outcome.failure();
    return failure != null
        && canBeTriedAgain(outcome)
        && !failure.reason().equals(RunAnalysis.Failure.UNREADABLE);
  }

  /** The analyzers that may not run now; each is recorded as a failure. */
  private Set<String> disabled(Map<String, LaneWorker.Outcome> outcomes) {
    Set<String> disabled = new HashSet<>();
    leftBehind.forEach((name, workers) -> {
      workers.removeIf(LaneWorker::hasEnded);
      if (workers.size() >= MOST_STUCK) {
        disabled.add(name);
        RunAnalysis.Failure failure = RunAnalysis.Failure.disabled(name, workers.size());
        outcomes.put(name, LaneWorker.Outcome.failed(name, failure));
      }
    });
    return disabled;
  }

  /** Runs every analyzer once except those to skip; outcomes replace earlier ones. */
  private void attemptAll(
      ImageManifest manifest,
      PageRun run,
      List<Window> windows,
      Set<String> skip,
      Map<String, LaneWorker.Outcome> outcomes) {
    Set<String> done = new HashSet<>(skip);
    boolean finished = false;
    while (!finished) {
      LaneWorker.Job job = worker.submit(manifest, run, windows, Set.copyOf(done));
      LaneWorker.Outcome late = await(job);
      for (LaneWorker.Outcome outcome : job.outcomes()) {
        outcomes.put(outcome.analyzer(), outcome);
        done.add(outcome.analyzer());
      }
      finished = late == null;
      if (late != null) {
        outcomes.put(late.analyzer(), late);
        done.add(late.analyzer());
        leftBehind.computeIfAbsent(late.analyzer(), name -> new ArrayList<>()).add(worker);
        worker.leaveBehind();
        worker = new LaneWorker(selection.create(), cap, files);
      }
    }
  }

  private void replaceWorker() {
    worker.close();
    worker = new LaneWorker(selection.create(), cap, files);
  }

  /** Waits for the job's end; returns the analyzer that exceeded its limit, or null if none did. */
  private LaneWorker.@Nullable Outcome await(LaneWorker.Job job) {
    AttendedTime attended = new AttendedTime(step);
    LaneWorker.Work watched = null;
    while (true) {
      try {
        job.done().get(step.toNanos(), TimeUnit.NANOSECONDS);
        return null;
      } catch (TimeoutException e) {
        LaneWorker.Work work = job.current();
        if (work == null || watched == null || work.number() != watched.number()) {
          watched = work;
          attended.restart();
        } else {
          Duration used = work.used();
          WorkLimit.Verdict verdict = limit.judge(used, attended.read());
          if (verdict != WorkLimit.Verdict.GO_ON && job.abandon(work)) {
            String name = work.analyzer().info().name();
            return LaneWorker.Outcome.failed(
                name, RunAnalysis.Failure.late(name, verdict, limit, used));
          }
        }
      } catch (ExecutionException e) {
        // Exceptions of analyzers are outcomes; this one concerns the layout of the run itself.
        throw PagestreamException.of(
                ErrorCode.RECORD_CORRUPT,
                "the run contradicts itself: " + e.getMessage(),
                "check the dead letter and the program that wrote it")
            .causedBy(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw PagestreamException.of(ErrorCode.INTERNAL, "interrupted while analyzing", "")
            .causedBy(e);
      }
    }
  }

  @Override
  public void close() {
    worker.close();
  }
}
