package io.pagestream.analyzers.stage;

import io.pagestream.analyzers.api.Analyzer;
import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Runs all analyzers over runs, one run at a time, each analyzer under a time limit. The analyzers
 * work on a thread of the lane's own; Java cannot stop a thread, so one that exceeds its time is
 * left behind with its buffers, and a new thread with new analyzers goes on with the rest.
 */
final class AnalyzerLane implements AutoCloseable {
  /** Time-outs after which an analyzer is not asked again in this lane. */
  private static final int MAX_TIME_OUTS = 3;

  private final AnalyzerSelection selection;
  private final long timeoutNanos;
  private final AliasFindings aliases = new AliasFindings();
  private final Map<String, Integer> timeOuts = new HashMap<>();
  private LaneWorker worker;

  AnalyzerLane(AnalyzerSelection selection, long timeoutNanos) {
    this.selection = selection;
    this.timeoutNanos = timeoutNanos;
    this.worker = new LaneWorker(selection.create());
  }

  /** Analyses a run that the mapper has judged. */
  RunAnalysis analyze(ImageManifest manifest, PageRun run) {
    List<Finding> findings = new ArrayList<>();
    if (selection.cacheAliases()) {
      findings.addAll(aliases.of(manifest, run));
    }
    List<RunAnalysis.Failure> failures = new ArrayList<>();
    Set<String> skip = new HashSet<>();
    for (Map.Entry<String, Integer> entry : timeOuts.entrySet()) {
      if (entry.getValue() >= MAX_TIME_OUTS) {
        skip.add(entry.getKey());
        failures.add(disabled(entry.getKey()));
      }
    }
    while (!attempt(manifest, run, skip, findings, failures)) {
      worker = new LaneWorker(selection.create());
    }
    return new RunAnalysis(findings, failures);
  }

  /** One pass of the worker over the analyzers not skipped; false if one of them timed out. */
  private boolean attempt(
      ImageManifest manifest,
      PageRun run,
      Set<String> skip,
      List<Finding> findings,
      List<RunAnalysis.Failure> failures) {
    LaneWorker.Job job = worker.submit(manifest, run, Set.copyOf(skip));
    Analyzer late = await(job);
    for (LaneWorker.Outcome outcome : job.outcomes()) {
      findings.addAll(outcome.findings());
      skip.add(outcome.analyzer());
      if (outcome.failure() != null) {
        failures.add(outcome.failure());
      }
    }
    if (late == null) {
      return true;
    }
    worker.leaveBehind();
    String name = late.info().name();
    skip.add(name);
    timeOuts.merge(name, 1, Integer::sum);
    failures.add(timeOut(name));
    return false;
  }

  /** Waits for the job's end; returns the analyzer that exceeded its time, or null if none did. */
  private @Nullable Analyzer await(LaneWorker.Job job) {
    while (true) {
      try {
        job.done().get(Math.max(1, job.nanosLeft(timeoutNanos)), TimeUnit.NANOSECONDS);
        return null;
      } catch (TimeoutException e) {
        Analyzer late = job.abandonIfOverdue(timeoutNanos);
        if (late != null) {
          return late;
        }
      } catch (ExecutionException e) {
        throw new IllegalStateException("the lane's worker failed", e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw PagestreamException.of(ErrorCode.INTERNAL, "interrupted while analysing", "")
            .causedBy(e);
      }
    }
  }

  private RunAnalysis.Failure timeOut(String analyzer) {
    return new RunAnalysis.Failure(
        analyzer,
        "time-out",
        "took longer than %d ms on one run".formatted(TimeUnit.NANOSECONDS.toMillis(timeoutNanos)));
  }

  private static RunAnalysis.Failure disabled(String analyzer) {
    return new RunAnalysis.Failure(
        analyzer, "disabled", "not asked: timed out on %d runs before".formatted(MAX_TIME_OUTS));
  }

  @Override
  public void close() {
    worker.close();
  }
}
