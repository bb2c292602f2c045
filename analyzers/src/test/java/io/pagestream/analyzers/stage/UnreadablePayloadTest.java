package io.pagestream.analyzers.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.analyzers.api.Encoding;
import io.pagestream.analyzers.catalog.AnalyzerRegistration;
import io.pagestream.schemas.avro.PageReference;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.ledger.RunOutcome;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A run whose pages cannot be read from their file is a failed analysis, not a lost run. */
class UnreadablePayloadTest {
  private static final AnalyzerRegistration MARKER =
      TestAnalyzers.of(
          "marker", (window, sink) -> sink.found("mark", window.ownStart(), 1, "", Encoding.ASCII));

  @Test
  void aFileThatStaysUnreadableFailsEveryAnalyzerOfBytesAndTheRunIsCounted() {
    AtomicInteger reads = new AtomicInteger();
    PageRun run = run();
    try (AnalyzerLane lane = lane(reads, Integer.MAX_VALUE)) {
      RunAnalysis analysis = lane.analyze(Runs.manifest(1), run);
      assertThat(reads).as("it is tried twice").hasValue(2);
      assertThat(analysis.findings()).isEmpty();
      assertThat(analysis.unseen()).isTrue();
      assertThat(analysis.failures())
          .singleElement()
          .satisfies(failure -> {
            assertThat(failure.analyzer()).isEqualTo("marker");
            assertThat(failure.reason()).isEqualTo("unreadable");
            assertThat(failure.message()).contains("PS-300", "a bad sector");
          });
      RunOutcome outcome = analysis.outcome(run);
      assertThat(outcome.failures()).isEqualTo(Map.of("marker:unreadable", 1L));
      assertThat(outcome.counts().getMapped()).isEqualTo(2);
      assertThat(lane.analyze(Runs.manifest(2), Runs.of(1, "B")).findings())
          .as("the next run")
          .hasSize(1);
    }
  }

  @Test
  void aFileThatCanBeReadTheSecondTimeCostsNothing() {
    try (AnalyzerLane lane = lane(new AtomicInteger(), 1)) {
      RunAnalysis analysis = lane.analyze(Runs.manifest(1), run());
      assertThat(analysis.failures()).isEmpty();
      assertThat(analysis.unseen()).isFalse();
      assertThat(analysis.findings()).hasSize(1);
    }
  }

  /** Two pages, both in the image's file. */
  private static PageRun run() {
    PageRun run = Runs.of(0, "BB");
    run.setPages(ByteBuffer.allocate(0));
    run.setReferences(List.of(new PageReference(0, 0L, 0, 2)));
    return run;
  }

  private static AnalyzerLane lane(AtomicInteger reads, int failures) {
    return new AnalyzerLane(
        new AnalyzerSelection(List.of(MARKER), Map.of()),
        WorkLimit.of(Duration.ofMinutes(1)),
        FindingCap.DEFAULT,
        (manifest, file, offset, destination) -> {
          if (reads.incrementAndGet() <= failures) {
            throw PagestreamException.of(ErrorCode.READ_FAILED, "a bad sector", "check the disk");
          }
          destination.fill((byte) 1);
        });
  }
}
