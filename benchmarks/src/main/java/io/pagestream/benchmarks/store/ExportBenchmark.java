package io.pagestream.benchmarks.store;

import com.sun.management.OperatingSystemMXBean;
import io.pagestream.cases.live.FindingFilter;
import io.pagestream.cases.seal.CheckedCase;
import io.pagestream.cases.store.StoreSettings;
import io.pagestream.exports.format.ExportCounts;
import io.pagestream.exports.format.ExportRun;
import io.pagestream.exports.format.Exports;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * Exports a synthetic case to every format, for {@code check-exports} to read back. Arguments: a
 * folder for the case, the number of findings, a folder for the exports.
 */
public final class ExportBenchmark {
  private static final long SEED = 4711;
  private static final Instant ACQUIRED = Instant.parse("2026-11-22T08:00:00Z");

  private ExportBenchmark() {}

  /** Runs it. */
  public static void main(String... args) throws IOException {
    Path folder = Path.of(args[0]);
    long count = Long.parseLong(args[1]);
    Path out = Files.createDirectories(Path.of(args[2]));
    if (!Files.exists(folder.resolve("manifest.json"))) {
      SyntheticCase.write(folder, new SyntheticFindings(SEED, count, count * 3 / 10), count);
    }
    System.out.println("| format | findings | left out | wall | CPU |");
    System.out.println("|---|---|---|---|---|");
    for (String format : Exports.names()) {
      String name = "out." + format + (format.equals("timesketch") ? ".jsonl" : "");
      OperatingSystemMXBean system =
          (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
      long cpu = system.getProcessCpuTime();
      long start = System.nanoTime();
      ExportCounts counts =
          new ExportRun(
                  Exports.find(format).orElseThrow(),
                  FindingFilter.ALL,
                  ACQUIRED,
                  out.resolve(name),
                  true)
              .ofCase(
                  CheckedCase.open(folder),
                  StoreSettings.DEFAULT.withTimeout(Duration.ZERO),
                  System.err::println,
                  System.out);
      System.out.println(
          String.format(
              Locale.ROOT,
              "| %s | %,d | %,d | %.1f s | %.1f s |",
              format,
              counts.written(),
              counts.leftOut(),
              (System.nanoTime() - start) / 1e9,
              (system.getProcessCpuTime() - cpu) / 1e9));
    }
  }
}
