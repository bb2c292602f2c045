package io.pagestream.benchmarks.throughput;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code benchmarks/run}: measures, and prints Markdown for {@code benchmarks/RESULTS.md}. */
@Command(
    name = "benchmarks/run",
    mixinStandardHelpOptions = true,
    description = {
      "Measure throughput (MB/s) and CPU seconds per GiB: end to end, each stage alone, and the"
          + " broker's own ceiling, each case in a JVM of its own.",
      "",
      "Without IMAGE: a dense image made of the sample (in target/benchmarks), and the sample as it"
          + " is. Progress goes to standard error, Markdown to standard output."
    })
public final class Throughput implements Callable<Integer> {
  private static final String SAMPLE = "samples/linux-128m.raw.zst";

  @Parameters(paramLabel = "IMAGE", arity = "0..*", description = "Images to measure.")
  private List<Path> images = List.of();

  @Option(
      names = "--repeats",
      paramLabel = "N",
      defaultValue = "3",
      description =
          "Measured passes of each case, after the first in a cold JVM (default: ${DEFAULT-VALUE}).")
  private int repeats;

  @Option(
      names = "--heap",
      paramLabel = "SIZE",
      defaultValue = "640m",
      description = "-Xmx of every JVM (default: ${DEFAULT-VALUE}, that of ./pagestream).")
  private String heap;

  @Option(
      names = "--dense-mib",
      paramLabel = "MIB",
      defaultValue = "512",
      description = "Size of the dense image that is made (default: ${DEFAULT-VALUE}).")
  private int denseMib;

  @Option(
      names = "--cases",
      paramLabel = "CASE",
      split = ",",
      description = "Only these of: process, analyze, producer, analyzers, mapper, ceiling.")
  private Set<String> cases = new LinkedHashSet<>(ImageBench.ALL);

  @Option(names = "--root", hidden = true, defaultValue = ".")
  private Path root;

  /** Runs the command and ends the process. */
  public static void main(String... args) {
    System.exit(new CommandLine(new Throughput()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (repeats < 1 || denseMib < 1 || !ImageBench.ALL.containsAll(cases)) {
      System.err.println("--repeats and --dense-mib take 1 or more, --cases one of the six");
      return CommandLine.ExitCode.USAGE;
    }
    Path work = Files.createDirectories(root.resolve("target/benchmarks"));
    Machine.lines().forEach(System.out::println);
    System.out.printf("* heap: -Xmx%s; passes of each case: %d warm%n", heap, repeats);
    for (Path image : images.isEmpty() ? defaultImages(work) : images) {
      measure(image.toAbsolutePath().normalize(), work);
    }
    return CommandLine.ExitCode.OK;
  }

  private List<Path> defaultImages(Path work) throws IOException {
    Path sample = root.resolve(SAMPLE);
    Path dense = work.resolve("dense-" + denseMib + "m.raw");
    if (!Files.exists(dense)) {
      System.err.println("making " + dense);
      DenseImage.write(sample, dense, (long) denseMib << 20);
    }
    List<Path> both = new ArrayList<>(List.of(dense));
    both.add(sample);
    return both;
  }

  private void measure(Path image, Path work) throws IOException, InterruptedException {
    Input input = Input.of(image);
    Report report = new Report(input.bytes());
    Path scratch = Files.createTempDirectory(work, "scratch-");
    try {
      new ImageBench(image, repeats, heap, root.resolve("pagestream"), scratch, cases, System.err)
          .run(report);
    } finally {
      // What was measured before a case failed is still worth having.
      System.out.println();
      System.out.println(input.description());
      System.out.println();
      report.lines().forEach(System.out::println);
      Scratch.delete(scratch);
    }
  }
}
