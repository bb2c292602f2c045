package io.pagestream.benchmarks.throughput;

import java.util.ArrayList;
import java.util.List;

/** Collected rows of one image, as a Markdown table. */
final class Report {
  private static final double SECOND = 1e9;
  private static final double MEGABYTE = 1e6;
  private static final double GIBIBYTE = 1 << 30;

  private final long imageBytes;
  private final List<String> lines = new ArrayList<>();

  Report(long imageBytes) {
    this.imageBytes = imageBytes;
    lines.add(
        "| case | passes | MB/s | CPU-s per GiB | broker's CPU-s per GiB | MB per CPU-s"
            + " | peak RSS, MiB |");
    lines.add("|---|--:|--:|--:|--:|--:|--:|");
  }

  /**
   * Adds a row.
   *
   * @param peakKib largest resident set of the process that did the work, or 0 for none
   */
  void add(String label, List<Pass> passes, long peakKib) {
    boolean apart = passes.stream().anyMatch(pass -> pass.brokerNanos() > 0);
    lines.add(
        "| %s | %d | %s | %s | %s | %s | %s |"
            .formatted(
                label,
                passes.size(),
                Spread.of(passes, pass -> megabytes() / (pass.wallNanos() / SECOND)).cell(0),
                Spread.of(passes, pass -> pass.cpuNanos() / SECOND / gibibytes()).cell(2),
                apart
                    ? Spread.of(passes, pass -> pass.brokerNanos() / SECOND / gibibytes()).cell(2)
                    : "inside",
                Spread.of(passes, pass -> megabytes() / cpuSeconds(pass)).cell(0),
                peakKib == 0 ? "" : Long.toString(peakKib / 1024)));
  }

  private static double cpuSeconds(Pass pass) {
    // The kernel counts in hundredths of a second: a tiny image may cost none.
    return Math.max(0.01, (pass.cpuNanos() + pass.brokerNanos()) / SECOND);
  }

  private double megabytes() {
    return imageBytes / MEGABYTE;
  }

  private double gibibytes() {
    return imageBytes / GIBIBYTE;
  }

  List<String> lines() {
    return List.copyOf(lines);
  }
}
