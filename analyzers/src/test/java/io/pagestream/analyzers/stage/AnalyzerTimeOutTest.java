package io.pagestream.analyzers.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.analyzers.api.Encoding;
import io.pagestream.analyzers.catalog.AnalyzerRegistration;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Analyzers that take long, never end, or fail once: lost and kept findings. */
class AnalyzerTimeOutTest {
  /** Far above what any of the tests waits, so that only one of the limits can be reached. */
  private static final Duration NEVER = Duration.ofHours(1);

  private static final Duration SOON = Duration.ofMillis(200);

  private final AtomicBoolean stop = new AtomicBoolean();
  private final CountDownLatch never = new CountDownLatch(1);

  @AfterEach
  void letTheThreadsEnd() {
    stop.set(true);
    never.countDown();
  }

  @Test
  void waitingIsNoProcessorTime() {
    // Ten times the limit by the wall clock: as if the process had been stopped, or starved.
    try (AnalyzerLane lane =
        lane(
            new WorkLimit(SOON, NEVER),
            TestAnalyzers.of(
                "slow",
                (window, sink) -> {
                  LockSupport.parkNanos(SOON.multipliedBy(10).toNanos());
                  sink.found("mark", window.ownStart(), 1, "late", Encoding.ASCII);
                }))) {
      RunAnalysis analysis = lane.analyze(Runs.manifest(1), Runs.of(0, "B"));
      assertThat(analysis.failures()).isEmpty();
      assertThat(analysis.findings()).extracting("value").containsExactly("late");
    }
  }

  @Test
  void anAnalyzerThatBurnsProcessorTimeIsATimeOutAndTheOthersGoOn() {
    try (AnalyzerLane lane =
        lane(new WorkLimit(SOON, NEVER), marker("first"), burner("burner"), marker("last"))) {
      RunAnalysis analysis = lane.analyze(Runs.manifest(1), Runs.of(0, "B"));
      assertThat(analysis.findings())
          .extracting("analyzer")
          .containsExactlyInAnyOrder("first", "last");
      assertThat(analysis.failures())
          .singleElement()
          .satisfies(failure -> {
            assertThat(failure.analyzer()).isEqualTo("burner");
            assertThat(failure.reason()).isEqualTo("time-out");
            assertThat(failure.message()).contains("200 ms of processor time");
          });
    }
  }

  @Test
  void anAnalyzerThatWaitsForEverIsBlocked() {
    try (AnalyzerLane lane =
        lane(
            new WorkLimit(NEVER, SOON),
            marker("first"),
            TestAnalyzers.of("blocked", (window, sink) -> await(never)),
            marker("last"))) {
      RunAnalysis analysis = lane.analyze(Runs.manifest(1), Runs.of(0, "B"));
      assertThat(analysis.findings())
          .extracting("analyzer")
          .containsExactlyInAnyOrder("first", "last");
      assertThat(analysis.failures()).extracting("reason").containsExactly("blocked");
    }
  }

  @Test
  void anAnalyzerThatFailsOnceIsTriedAgainWithNewInstances() {
    AtomicInteger calls = new AtomicInteger();
    try (AnalyzerLane lane =
        lane(
            new WorkLimit(NEVER, NEVER),
            TestAnalyzers.of(
                "flaky",
                (window, sink) -> {
                  if (calls.getAndIncrement() == 0) {
                    sink.found("mark", window.ownStart(), 1, "first try", Encoding.ASCII);
                    throw new IllegalStateException("deliberate");
                  }
                  sink.found("mark", window.ownStart(), 1, "second try", Encoding.ASCII);
                }),
            marker("other"))) {
      RunAnalysis analysis = lane.analyze(Runs.manifest(1), Runs.of(0, "B"));
      assertThat(analysis.failures()).isEmpty();
      assertThat(analysis.findings())
          .extracting("value")
          .containsExactlyInAnyOrder("second try", "here");
    }
  }

  @Test
  void anErrorIsAFailureOfTheRunAndNotTheEndOfTheStage() {
    try (AnalyzerLane lane =
        lane(
            new WorkLimit(NEVER, NEVER),
            TestAnalyzers.of(
                "greedy",
                (window, sink) -> {
                  throw new OutOfMemoryError("deliberate");
                }))) {
      assertThat(lane.analyze(Runs.manifest(1), Runs.of(0, "B")).failures())
          .extracting("reason")
          .containsExactly("error");
    }
  }

  @Test
  void anAnalyzerWithTooManyStuckThreadsIsNotRunUntilTheyEnd() {
    AtomicBoolean hang = new AtomicBoolean(true);
    AtomicInteger calls = new AtomicInteger();
    try (AnalyzerLane lane =
        lane(
            new WorkLimit(NEVER, SOON),
            TestAnalyzers.of(
                "stuck",
                (window, sink) -> {
                  calls.incrementAndGet();
                  if (hang.get()) {
                    await(never);
                  }
                }))) {
      // Each run is tried twice, so two runs leave four threads behind.
      for (int run = 0; run < AnalyzerLane.MOST_STUCK / 2; run++) {
        assertThat(lane.analyze(Runs.manifest(99), Runs.of(run, "B")).failures())
            .extracting("reason")
            .containsExactly("blocked");
      }
      assertThat(lane.analyze(Runs.manifest(99), Runs.of(5, "B")).failures())
          .extracting("reason")
          .containsExactly("disabled");
      assertThat(calls).hasValue(AnalyzerLane.MOST_STUCK);

      hang.set(false);
      never.countDown(); // it was only slow: its threads end, and it is used again
      long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
      RunAnalysis analysis;
      do {
        analysis = lane.analyze(Runs.manifest(99), Runs.of(6, "B"));
        Thread.onSpinWait();
      } while (!analysis.failures().isEmpty() && System.nanoTime() < deadline);
      assertThat(analysis.failures()).isEmpty();
    }
  }

  private AnalyzerRegistration burner(String name) {
    return TestAnalyzers.of(
        name,
        (window, sink) -> {
          while (!stop.get()) {
            Thread.onSpinWait();
          }
        });
  }

  private static AnalyzerRegistration marker(String name) {
    return TestAnalyzers.of(
        name, (window, sink) -> sink.found("mark", window.ownStart(), 1, "here", Encoding.ASCII));
  }

  /** Waits and does not listen to interrupts, as a stuck analyzer would. */
  private static void await(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }

  private static AnalyzerLane lane(WorkLimit limit, AnalyzerRegistration... registrations) {
    return new AnalyzerLane(
        new AnalyzerSelection(List.of(registrations), Map.of()),
        limit,
        FindingCap.DEFAULT,
        PayloadFiles.NONE);
  }
}
