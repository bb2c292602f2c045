package io.pagestream.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.schemas.avro.PageCounts;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.Stage;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.ledger.RunOutcome;
import io.pagestream.schemas.topic.DeadLetter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The numbers of a stage in Prometheus' text format. */
final class StageMetricsTest {
  private static final long WORK_NANOS = 250_000_000;
  private static final long AGE_MS = 2_000;

  private final StageMetrics metrics = new StageMetrics("analyzers", "1.2");
  private final PageRun run = new PageRun();

  private static RunOutcome outcome() {
    return new RunOutcome(
        8192,
        PageCounts.newBuilder().setMapped(2).setZero(3).build(),
        Map.of("windows:5", 4L),
        Map.of("io-space", 1L),
        Map.of("email", 7L),
        Map.of("text:time-out", 1L),
        Map.of("cut", 2L),
        false,
        Map.of("url", 9L),
        List.of(),
        Map.of());
  }

  @Test
  void countsTheOutcomesOfRuns() {
    metrics.processed(run, outcome(), WORK_NANOS, AGE_MS);
    metrics.processed(run, outcome(), WORK_NANOS, -1); // the producer's clock is ahead
    metrics.buried(
        DeadLetter.of(Stage.ANALYZERS, ErrorCode.RECORD_CORRUPT, "rejected", "bad", "t/0/1"));
    metrics.consumers(() -> 12, () -> 3);
    assertThat(metrics.scrape().lines())
        .contains(
            "pagestream_runs_total{stage=\"analyzers\"} 2.0",
            "pagestream_payload_bytes_total{stage=\"analyzers\"} 16384.0",
            "pagestream_pages_total{outcome=\"mapped\",stage=\"analyzers\"} 4.0",
            "pagestream_pages_total{outcome=\"zero\",stage=\"analyzers\"} 6.0",
            "pagestream_verdict_pages_total{profile=\"windows\",row=\"5\",stage=\"analyzers\"} 8.0",
            "pagestream_refused_pages_total{reason=\"io-space\",stage=\"analyzers\"} 2.0",
            "pagestream_findings_total{kind=\"email\",stage=\"analyzers\"} 14.0",
            "pagestream_capped_findings_total{kind=\"url\",stage=\"analyzers\"} 18.0",
            "pagestream_not_analyzed_pages_total{reason=\"cut\",stage=\"analyzers\"} 4.0",
            "pagestream_analysis_failures_total{analyzer=\"text\",reason=\"time-out\",stage=\"analyzers\"} 2.0",
            "pagestream_dead_letters_total{code=\"PS-210\",reason=\"rejected\",stage=\"analyzers\"} 1.0",
            "pagestream_run_work_seconds_count{stage=\"analyzers\"} 2",
            "pagestream_run_work_seconds_bucket{stage=\"analyzers\",le=\"0.1\"} 0",
            "pagestream_run_work_seconds_bucket{stage=\"analyzers\",le=\"1.0\"} 2",
            "pagestream_run_age_seconds_bucket{stage=\"analyzers\",le=\"0.001\"} 1",
            "pagestream_run_age_seconds_sum{stage=\"analyzers\"} 2.0",
            "pagestream_lag_records{stage=\"analyzers\"} 12.0",
            "pagestream_assigned_partitions{stage=\"analyzers\"} 3.0",
            "pagestream_build{stage=\"analyzers\",version=\"1.2\"} 1.0")
        .noneMatch(line -> line.startsWith("pagestream_pages_total{outcome=\"refused\""));
  }

  @Test
  void aFloodOfLabelsIsBounded() {
    CounterFamily family = new ProcessMetrics("mapper", "1").family(Metric.FINDINGS);
    StageMetrics flooded = new StageMetrics("analyzers", "1");
    for (int i = 0; i < 3 * CounterFamily.MOST_SERIES; i++) {
      flooded.buried(
          DeadLetter.of(Stage.ANALYZERS, ErrorCode.RECORD_CORRUPT, "reason-" + i, "", ""));
      family.add("kind-" + i, 1);
    }
    assertThat(flooded.scrape().lines().filter(line -> line.startsWith("pagestream_dead_letters")))
        .hasSize(CounterFamily.MOST_SERIES + 1)
        .anyMatch(line ->
            line.contains("code=\"other\"")
                && line.endsWith(" " + 2.0 * CounterFamily.MOST_SERIES));
  }

  @Test
  void theListOfMetricsIsComplete() {
    metrics.processed(run, outcome(), WORK_NANOS, AGE_MS);
    metrics.closed("image");
    metrics.consumers(() -> 0, () -> 0);
    ProducerMetrics producer = new ProducerMetrics("1.2");
    Set<String> names =
        Stream.of(metrics.scrape(), producer.scrape())
            .flatMap(String::lines)
            .filter(line -> line.startsWith("# TYPE "))
            .map(line -> line.split(" ", -1)[2])
            .filter(name -> !name.endsWith("_max")) // of timers
            .collect(Collectors.toSet());
    assertThat(names)
        .isSubsetOf(Stream.of(Metric.values()).map(Metric::prometheusName).toList())
        .hasSizeGreaterThanOrEqualTo(Metric.values().length - 2); // those of a running producer
  }
}
