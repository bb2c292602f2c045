package io.pagestream.analyzers.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.analyzers.api.Encoding;
import io.pagestream.analyzers.api.FindingSink;
import io.pagestream.analyzers.api.Window;
import io.pagestream.analyzers.catalog.AnalyzerRegistration;
import io.pagestream.schemas.avro.Confidence;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** One analyzer's failure or delay stops neither the others nor the run. */
class AnalyzerLaneTest {
  @Test
  void anAnalyzerThatThrowsIsAFailureAndKeepsWhatItFoundBefore() {
    try (AnalyzerLane lane =
        lane(
            analyzer(
                "thrower",
                (window, sink) -> {
                  sink.found("mark", window.ownStart(), 1, "before", Encoding.ASCII);
                  throw new IllegalStateException("deliberate");
                }),
            marker("marker"))) {
      RunAnalysis analysis = lane.analyze(Runs.manifest(1), Runs.of(0, "B"));
      assertThat(analysis.findings()).extracting("analyzer").containsExactly("thrower", "marker");
      assertThat(analysis.failures())
          .singleElement()
          .satisfies(failure -> {
            assertThat(failure.analyzer()).isEqualTo("thrower");
            assertThat(failure.reason()).isEqualTo("error");
            assertThat(failure.message()).contains("deliberate");
          });
    }
  }

  @Test
  void whatAnAnalyzerMayNotReportIsItsFailure() {
    try (AnalyzerLane lane =
        lane(
            analyzer(
                "undeclared",
                (window, sink) -> sink.found("other", window.ownStart(), 1, "", Encoding.ASCII)),
            analyzer(
                "not-owned",
                (window, sink) -> sink.found("mark", window.ownEnd(), 1, "", Encoding.ASCII)),
            analyzer(
                "too-long",
                (window, sink) ->
                    sink.found(
                        "mark", window.ownStart(), window.limit() + 1, "", Encoding.ASCII)))) {
      RunAnalysis analysis = lane.analyze(Runs.manifest(1), Runs.of(0, "B"));
      assertThat(analysis.findings()).isEmpty();
      assertThat(analysis.failures())
          .extracting("analyzer")
          .containsExactly("undeclared", "not-owned", "too-long");
    }
  }

  @Test
  void aFindingIsAsSureAsItsKind() {
    try (AnalyzerLane lane = lane(marker("marker"))) {
      assertThat(lane.analyze(Runs.manifest(1), Runs.of(0, "B")).findings())
          .extracting("confidence")
          .containsExactly(Confidence.HIGH);
    }
  }

  @Test
  void theSameArtifactReportedTwiceCountsOnce() {
    try (AnalyzerLane lane =
        lane(
            analyzer(
                "twice",
                (window, sink) -> {
                  sink.found("mark", window.ownStart(), 1, "x", Encoding.ASCII);
                  sink.found("mark", window.ownStart(), 1, "x", Encoding.ASCII);
                }))) {
      assertThat(lane.analyze(Runs.manifest(1), Runs.of(0, "B")).findings()).hasSize(1);
    }
  }

  private static AnalyzerLane lane(AnalyzerRegistration... registrations) {
    return new AnalyzerLane(
        new AnalyzerSelection(List.of(registrations), Map.of()),
        WorkLimit.of(Duration.ofMinutes(1)),
        FindingCap.DEFAULT,
        PayloadFiles.NONE);
  }

  private static AnalyzerRegistration marker(String name) {
    return analyzer(
        name, (window, sink) -> sink.found("mark", window.ownStart(), 1, "here", Encoding.ASCII));
  }

  private static AnalyzerRegistration analyzer(String name, BiConsumer<Window, FindingSink> body) {
    return TestAnalyzers.of(name, body);
  }
}
