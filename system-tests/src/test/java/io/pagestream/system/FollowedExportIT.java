package io.pagestream.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pagestream.system.Program.Running;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code pagestream export --follow} while an image streams through a cluster: it writes the same
 * findings as the finished case, and after any kind of stop, nothing is lost when it is started
 * again.
 */
final class FollowedExportIT {
  private static final Duration SOON = Duration.ofSeconds(60);

  /** Exit codes of a JVM that a signal ended: 128 and the signal's number. */
  private static final int BY_SIGINT = 130;

  private static final int BY_SIGTERM = 143;

  @TempDir static Path folder;
  private static Cluster cluster;
  private static FinishedCase finished;
  private static Running jsonl;
  private static Running csv;

  @BeforeAll
  static void streamAnImageWhileExportsFollow() throws Exception {
    cluster = Cluster.start(folder);
    jsonl = follow("jsonl", "--out", file("live.jsonl"));
    csv = follow("csv", "--out", file("live.csv"));
    Running interrupted = follow("jsonl", "--out", file("interrupted.jsonl"));
    Running mapper = cluster.stage("mapper");
    Running analyzers = cluster.stage("analyzers");
    // A small limit on bytes in flight: the findings arrive over some time, not all at once.
    Running producer = cluster.producer(Repository.SAMPLE, "--max-in-flight", "16");

    awaitLines("interrupted.jsonl", 1);
    interrupted.kill();
    assertThat(producer.process().isAlive()).as("the image is still on its way").isTrue();
    assertThat(producer.process().waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(producer.process().exitValue()).isZero();
    String imageId = Repository.imageId(Repository.SAMPLE);
    finished = FinishedCase.collect(cluster.kafka(), imageId, folder);
    mapper.kill();
    analyzers.kill();
  }

  @AfterAll
  static void stopTheCluster() {
    jsonl.close();
    csv.close();
    cluster.close();
  }

  @Test
  void jsonLinesAreTheFinishedCase() throws Exception {
    awaitLines("live.jsonl", finished.findings().size());
    stop(jsonl, "TERM", BY_SIGTERM);
    assertThat(text("live.jsonl")).endsWith("}\n");
    assertThat(text("live.jsonl").lines())
        .containsExactlyInAnyOrderElementsOf(finished.findings().values());
    assertThat(Files.readString(jsonl.err()))
        .contains(String.format(Locale.ROOT, "wrote %,d findings", Repository.SAMPLE_FINDINGS));
  }

  @Test
  void csvHasEachFindingOnce() throws Exception {
    awaitLines("live.csv", finished.findings().size() + 1);
    stop(csv, "INT", BY_SIGINT);
    assertThat(text("live.csv")).startsWith("finding_id,").endsWith("\r\n");
    assertThat(text("live.csv").lines().skip(1).map(row -> row.substring(0, row.indexOf(','))))
        .containsExactlyInAnyOrderElementsOf(finished.findings().keySet());
  }

  /** The export waits within a line until the pipe is emptied. */
  @Test
  void stoppedInTheMidstOfALineItWritesItToTheEnd() throws Exception {
    Process export = Program.startPiped(folder, arguments("jsonl"));
    try {
      byte[] begin = export.getInputStream().readNBytes(1);
      signal(export, "INT");
      String written =
          new String(begin, StandardCharsets.UTF_8) + export.inputReader().readAllAsString();
      assertThat(written).endsWith("}\n");
      assertThat(written.lines())
          .hasSizeLessThan(finished.findings().size())
          .isSubsetOf(finished.findings().values());
      assertThat(export.waitFor()).isEqualTo(BY_SIGINT);
    } finally {
      export.destroyForcibly();
    }
  }

  @Test
  void startedAgainItBeginsAtTheFirstFindingAndLosesNone() throws Exception {
    String before = text("interrupted.jsonl");
    Program.Ended refused =
        Program.run(folder, arguments("jsonl", "--out", file("interrupted.jsonl")));
    assertThat(refused.exitCode()).as(refused.all()).isEqualTo(2);
    assertThat(text("interrupted.jsonl")).as("what it had written").isEqualTo(before);

    try (Running again = follow("jsonl", "--out", file("interrupted.jsonl"), "--force")) {
      await().atMost(SOON).until(() -> !text("interrupted.jsonl").equals(before));
      awaitLines("interrupted.jsonl", finished.findings().size());
      stop(again, "INT", BY_SIGINT);
    }
    assertThat(text("interrupted.jsonl").lines())
        .containsExactlyInAnyOrderElementsOf(finished.findings().values());
  }

  private static Running follow(String format, String... options) {
    return Program.start(folder, arguments(format, options));
  }

  private static String[] arguments(String format, String... options) {
    List<String> arguments =
        new ArrayList<>(
            List.of("export", "--follow", "--format", format, "--config", cluster.config()));
    arguments.addAll(List.of(options));
    return arguments.toArray(String[]::new);
  }

  private static void stop(Running export, String signal, int exitCode) throws Exception {
    signal(export.process(), signal);
    assertThat(export.process().waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(export.process().exitValue()).isEqualTo(exitCode);
  }

  private static void signal(Process process, String signal) throws Exception {
    String pid = Long.toString(process.pid());
    assertThat(new ProcessBuilder("kill", "-s", signal, pid).start().waitFor()).isZero();
  }

  private static void awaitLines(String name, int lines) {
    await()
        .pollInterval(Duration.ofMillis(50))
        .atMost(SOON)
        .until(() -> Files.exists(folder.resolve(name)) && text(name).lines().count() >= lines);
  }

  private static String text(String name) throws IOException {
    // A file that grows may end within a character.
    return new String(Files.readAllBytes(folder.resolve(name)), StandardCharsets.UTF_8);
  }

  private static String file(String name) {
    return folder.resolve(name).toString();
  }
}
