package io.pagestream.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The program as started by users: {@code ./pagestream …}, in a separate process. */
final class Program {
  /** Far above the time of any command in the tests, to distinguish a hang from slowness. */
  private static final Duration TIMEOUT = Duration.ofMinutes(4);

  private Program() {}

  /**
   * The result of a command.
   *
   * @param out lines on standard output
   * @param err lines on standard error
   */
  record Ended(int exitCode, List<String> out, List<String> err) {
    /** Both streams, for messages of tests. */
    String all() {
      return "exit code "
          + exitCode
          + "\n"
          + String.join("\n", out)
          + "\n"
          + String.join("\n", err);
    }
  }

  /** Runs a command to its end; a hang is an error. */
  static Ended run(Path logs, String... arguments) throws InterruptedException {
    Running running = start(logs, arguments);
    return end(running);
  }

  /** Waits for a command's end; a hang is an error. */
  static Ended end(Running running) throws InterruptedException {
    if (!running.process().waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
      running.kill();
      throw new AssertionError("still running after " + TIMEOUT + ": " + running.process().info());
    }
    return new Ended(running.process().exitValue(), lines(running.out()), lines(running.err()));
  }

  /** Starts a command. */
  static Running start(Path logs, String... arguments) {
    return start(logs, Map.of(), arguments);
  }

  /** Starts a command with additional environment variables. */
  static Running start(Path logs, Map<String, String> environment, String... arguments) {
    return start(logs, builder(logs, launch(arguments)), environment, arguments[0]);
  }

  private static Running start(
      Path logs, ProcessBuilder builder, Map<String, String> environment, String name) {
    try {
      Path out = Files.createTempFile(logs, name + "-", ".out");
      Path err = Files.createTempFile(logs, name + "-", ".err");
      builder.environment().putAll(environment);
      return new Running(
          builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start(), out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a shell command that calls the program, usually with a resource limit. */
  static Ended shell(Path logs, String line) throws InterruptedException {
    return end(start(logs, builder(logs, List.of("bash", "-c", line)), Map.of(), "shell"));
  }

  /** Starts a command whose standard output is a pipe that only the caller empties. */
  static Process startPiped(Path logs, String... arguments) throws IOException {
    return builder(logs, launch(arguments)).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  private static List<String> launch(String... arguments) {
    List<String> command = new ArrayList<>(List.of(Repository.LAUNCHER.toString()));
    command.addAll(List.of(arguments));
    return command;
  }

  private static ProcessBuilder builder(Path logs, List<String> program) {
    // A Maven that runs in the background ignores SIGINT, and so would its children.
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
    command.addAll(program);
    ProcessBuilder builder = new ProcessBuilder(command).directory(logs.toFile());
    // The jar has just been built by the same Maven run; a second build inside it would race.
    builder.environment().put("PAGESTREAM_NO_BUILD", "1");
    // Most runs end before the optimizing compiler pays off: this halves the processor time.
    builder.environment().put("PAGESTREAM_OPTS", "-XX:TieredStopAtLevel=1");
    return builder;
  }

  /**
   * A running command.
   *
   * @param out file with its standard output
   * @param err file with its standard error
   */
  record Running(Process process, Path out, Path err) implements AutoCloseable {
    /** {@code kill -9}. */
    void kill() {
      process.destroyForcibly().onExit().join();
    }

    /** Whether it has printed a text on standard output. */
    boolean hasSaid(String text) {
      if (!process.isAlive()) {
        throw new AssertionError("has ended: " + String.join("\n", lines(err)));
      }
      return lines(out).stream().anyMatch(line -> line.contains(text));
    }

    @Override
    public void close() {
      kill();
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
