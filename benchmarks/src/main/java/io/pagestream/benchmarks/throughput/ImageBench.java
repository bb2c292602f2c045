package io.pagestream.benchmarks.throughput;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All cases of one image.
 *
 * @param repeats measured passes of each case, besides the cold one
 * @param heap {@code -Xmx} of every JVM
 * @param launcher {@code ./pagestream}
 * @param scratch existing directory for brokers, cases and findings
 * @param cases names of the cases that are wanted
 * @param progress receives what is being done
 */
record ImageBench(
    Path image,
    int repeats,
    String heap,
    Path launcher,
    Path scratch,
    Set<String> cases,
    PrintStream progress) {
  /** Cases in the order in which they are measured. */
  static final List<String> ALL =
      List.of("process", "analyze", "producer", "analyzers", "mapper", "ceiling");

  /** Measures; adds a row for each case. */
  void run(Report report) throws IOException, InterruptedException {
    if (cases.contains("process")) {
      wholeProcess(report);
    }
    Lab alone = new Lab(Path.of(""), 0, image, scratch, repeats + 1);
    if (cases.contains("analyze")) {
      measure("analyze", alone, 0, report);
    }
    if (cases.stream().anyMatch(Set.of("producer", "analyzers", "mapper", "ceiling")::contains)) {
      try (ChildJvm broker = ChildJvm.start(heap, "broker", alone, 0)) {
        apart(
            new Lab(Path.of(broker.await("broker")), broker.pid(), image, scratch, repeats + 1),
            report);
      }
    }
  }

  private void apart(Lab lab, Report report) throws IOException, InterruptedException {
    if (cases.contains("producer")) {
      measure("producer", lab, 0, report);
    }
    progress.println("filling topics");
    long runs;
    try (ChildJvm fill = ChildJvm.start(heap, "fill", lab, 0)) {
      runs = Long.parseLong(fill.await("runs"));
    }
    // The mapper adds to mapped-pages, from which the analyzers read: so it comes behind them.
    for (String name : List.of("analyzers", "mapper", "ceiling")) {
      if (cases.contains(name)) {
        measure(name, lab, runs, report);
      }
    }
  }

  private void measure(String name, Lab lab, long runs, Report report)
      throws IOException, InterruptedException {
    progress.println(name);
    try (ChildJvm jvm = ChildJvm.start(heap, name, lab, runs)) {
      ChildJvm.Figures figures = jvm.figures();
      Map<String, List<Pass>> rows =
          figures.passes().stream()
              .collect(Collectors.groupingBy(Pass::name, LinkedHashMap::new, Collectors.toList()));
      rows.forEach((row, passes) -> {
        report.add(row + ", first pass of a cold JVM", passes.subList(0, 1), 0);
        report.add(row + ", warm", passes.subList(1, passes.size()), figures.peakKib());
      });
    }
  }

  private void wholeProcess(Report report) throws IOException, InterruptedException {
    List<Pass> passes = new ArrayList<>();
    long peakKib = 0;
    for (int i = 0; i < repeats; i++) {
      progress.println("./pagestream analyze");
      long cpu = Usage.endedChildrenCpuNanos();
      long began = System.nanoTime();
      Process process = startProcess();
      peakKib = Math.max(peakKib, Usage.peakKibUntilEnd(process));
      if (process.exitValue() != 0) {
        throw new IllegalStateException("./pagestream failed, see " + log());
      }
      long wall = System.nanoTime() - began;
      passes.add(new Pass("process", wall, Usage.endedChildrenCpuNanos() - cpu, 0));
    }
    report.add("`./pagestream analyze`, whole process", passes, peakKib);
  }

  private Process startProcess() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            launcher.toString(),
            "analyze",
            "--quiet",
            "--force",
            "--out",
            scratch.resolve("case").toString(),
            image.toString());
    builder.environment().put("PAGESTREAM_NO_BUILD", "1");
    builder.environment().put("PAGESTREAM_OPTS", "-Xmx" + heap);
    builder.redirectErrorStream(true);
    builder.redirectOutput(log());
    return builder.start();
  }

  private File log() {
    return scratch.resolve("analyze.log").toFile();
  }
}
