package io.pagestream.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.analyzers.catalog.AnalyzerCatalog;
import io.pagestream.analyzers.stage.AnalyzerSelection;
import io.pagestream.cases.collect.CollectedCase;
import io.pagestream.schemas.topic.DeadLetter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Invalid records on every topic of a running job only cause a line of output. */
final class PoisonedTopicsIT {
  @TempDir static Path folder;

  @Test
  void everyPoisonIsADeadLetterAndEverythingElseGoesOn() throws Exception {
    FinishedCase reference =
        LocalJob.USUAL.run(folder.resolve("reference"), List.of(Repository.SAMPLE));
    Path poisoned = folder.resolve("poisoned");
    AnalyzerSelection selection = AnalyzerSelection.of(AnalyzerCatalog.all(), Set.of(), Map.of());
    PoisonCourier courier = new PoisonCourier(System.nanoTime());
    CollectedCase collected =
        LocalJob.USUAL.run(
            poisoned,
            List.of(Repository.SAMPLE),
            selection,
            kafka -> {
              courier.start(kafka);
              return courier;
            });

    assertThat(collected.failure()).as("the case is whole: %s", collected.failure()).isNull();
    assertThat(collected.outcome(0).exitCode()).isEqualTo(1);
    assertThat(new TreeMap<>(FinishedCase.in(poisoned, collected.ledgers()).findings()))
        .as("the findings are those of an undisturbed job")
        .isEqualTo(new TreeMap<>(reference.findings()));
    Set<String> sources = new TreeSet<>();
    collected.rejected().stream().map(DeadLetter::source).forEach(sources::add);
    collected.ledgers().getFirst().deadLetters().stream()
        .map(DeadLetter::source)
        .forEach(sources::add);
    assertThat(sources).as("seed %d", courier.seed()).containsAll(courier.reported());
    String summary = Files.readString(poisoned.resolve("summary.txt"));
    assertThat(summary).contains("DOUBT: record-rejected");
    assertThat(collected.doubts())
        .extracting(doubt -> doubt.doubt().getReason())
        .contains("finding-rejected", "record-rejected");
    assertThat(collected.ledgers().getFirst().doubts())
        .extracting("reason")
        .contains("manifest-contradicts");
    assertThat(summary).contains("DOUBT: manifest-contradicts");
  }
}
