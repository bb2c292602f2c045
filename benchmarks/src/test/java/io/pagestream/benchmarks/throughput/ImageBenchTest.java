package io.pagestream.benchmarks.throughput;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.schemas.page.Pages;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Keeps the benchmark from rotting: a case of each sort, once, on a tiny image. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "usage is read from /proc")
class ImageBenchTest {
  @TempDir private Path folder;

  @Test
  void measuresTheCases() throws IOException, InterruptedException {
    Path image = folder.resolve("dense.raw");
    DenseImage.write(DenseImageTest.natural(folder), image, 256L * Pages.SIZE);
    Report report = new Report(Files.size(image));
    PrintStream quiet = new PrintStream(PrintStream.nullOutputStream(), true);
    Set<String> cases = Set.of("analyze", "mapper", "ceiling");
    Path scratch = Files.createDirectory(folder.resolve("scratch"));

    new ImageBench(image, 1, "512m", Path.of("pagestream"), scratch, cases, quiet).run(report);

    List<String> rows = report.lines().stream().skip(2).toList();
    assertThat(rows.stream().map(row -> row.split("\\|", -1)[1].strip()))
        .containsExactly(
            "analyze, first pass of a cold JVM",
            "analyze, warm",
            "mapper, first pass of a cold JVM",
            "mapper, warm",
            "broker: produce, first pass of a cold JVM",
            "broker: produce, warm",
            "broker: consume, first pass of a cold JVM",
            "broker: consume, warm");
    assertThat(rows).noneMatch(row -> row.contains("NaN") || row.contains("Infinity"));
  }
}
