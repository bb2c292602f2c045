package io.pagestream.benchmarks.throughput;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A JVM with a case in it. */
final class ChildJvm implements AutoCloseable {
  private final String name;
  private final Process process;
  private final BufferedReader lines;

  private ChildJvm(String name, Process process) {
    this.name = name;
    this.process = process;
    this.lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /**
   * Starts a case with the options of {@code ./pagestream}; its standard error is ours.
   *
   * @param heap as {@code -Xmx} takes it
   * @param name the case, see {@link CaseJvm}
   */
  static ChildJvm start(String heap, String name, Lab lab, long runs) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx" + heap,
            "-XX:+UseParallelGC",
            "-XX:MaxDirectMemorySize=256m",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:-UsePerfData",
            "-XX:CompileThresholdScaling=2",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Xlog:disable",
            "-Xlog:all=error:stderr",
            "-cp",
            System.getProperty("java.class.path"),
            CaseJvm.class.getName(),
            name,
            lab.config().toString(),
            Long.toString(lab.brokerPid()),
            lab.image().toString(),
            lab.scratch().toString(),
            Integer.toString(lab.passes()),
            Long.toString(runs));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putIfAbsent("MALLOC_ARENA_MAX", "2");
    return new ChildJvm(name, builder.start());
  }

  long pid() {
    return process.pid();
  }

  /** The value that the process prints under a name. */
  String await(String key) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(key + '\t')) {
        return line.substring(key.length() + 1);
      }
    }
    throw new IOException(name + " ended without a word about its " + key);
  }

  /** What a case has measured. */
  record Figures(List<Pass> passes, long peakKib) {}

  /** Waits for the case's end. */
  Figures figures() throws InterruptedException {
    List<Pass> passes = new ArrayList<>();
    Thread reader =
        Thread.ofPlatform()
            .name("reader-" + name)
            .daemon()
            .start(() -> lines.lines().filter(Pass::isLine).map(Pass::parse).forEach(passes::add));
    long peak = Usage.peakKibUntilEnd(process);
    reader.join();
    if (process.exitValue() != 0) {
      throw new IllegalStateException(name + " failed, exit code " + process.exitValue());
    }
    return new Figures(List.copyOf(passes), peak);
  }

  /** Ends the process: its input ends, for which the broker waits; a case that failed is killed. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(Duration.ofSeconds(20))) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
