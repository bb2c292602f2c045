package io.pagestream.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pagestream.system.Program.Ended;
import io.pagestream.system.Program.Running;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The remains on the disk of a job that is stopped or killed at random times (the seed is printed):
 * nothing after signals that can be caught, nothing that other users can read after {@code kill
 * -9}, and nothing of that after the next job.
 */
final class LeftoversIT {
  private static final Duration SOON = Duration.ofMinutes(2);
  private static final long SEED = Long.getLong("pagestream.seed", System.nanoTime());

  /** The broker runs and pages are in flight within this time, on an idle machine. */
  private static final int MOMENTS_MILLIS = 3000;

  private static final Random RANDOM = new Random(SEED);

  @TempDir Path folder;
  private Path temporary;
  private Path caseFolder;

  @BeforeEach
  void makeFolders() throws Exception {
    System.out.println("LeftoversIT: -Dpagestream.seed=" + SEED);
    temporary = Files.createDirectory(folder.resolve("tmp"));
    caseFolder = folder.resolve("case");
  }

  @ParameterizedTest
  @CsvSource({"TERM, 143", "INT, 130"})
  void aSignalLeavesNoFolder(String signal, int exitCode) throws Exception {
    Running job = startAndWait();
    signal(job, signal);
    assertThat(job.process().waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(job.process().exitValue()).isEqualTo(exitCode);
    assertThat(Files.readString(job.err())).as("standard error").isEmpty();
    assertThat(caseFolder).doesNotExist();
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void theNextJobDeletesWhatAKilledOneHasLeft() throws Exception {
    Running killed = startAndWait();
    killed.kill();
    assertThat(caseFolder.resolve(".scratch")).as("it was at work").exists();
    try (PermissionWatch left = PermissionWatch.start(List.of(caseFolder, temporary))) {
      await().atMost(SOON).until(() -> left.looks() > 1);
      assertThat(left.open()).as("readable by others").isEmpty();
    }
    Ended next = run();
    assertThat(next.exitCode()).as(next.all()).isZero();
    assertThat(caseFolder.resolve(".scratch")).doesNotExist();
    assertThat(caseFolder.resolve("findings.jsonl")).exists();
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void aJobThatLivesIsNotDisturbedByAnother() throws Exception {
    Running first = startAndWait();
    Ended second = run();
    assertThat(second.exitCode()).isEqualTo(2);
    assertThat(second.all()).contains("PS-103").contains("another pagestream");
    assertThat(first.process().isAlive()).isTrue();
    assertThat(caseFolder.resolve(".scratch/lock")).exists();
    signal(first, "TERM");
    assertThat(first.process().waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  private Running startAndWait() throws Exception {
    Running job = Program.start(folder, environment(), LongJob.arguments(caseFolder));
    await()
        .pollInterval(Duration.ofMillis(10))
        .atMost(SOON)
        .until(() -> Files.exists(caseFolder.resolve(".scratch/broker/meta.properties")));
    // Not a wait for a condition: the point in time is varied.
    Thread.sleep(RANDOM.nextInt(MOMENTS_MILLIS));
    assertThat(job.process().isAlive()).as("the job is at work").isTrue();
    return job;
  }

  private Ended run() throws InterruptedException {
    Running job = Program.start(folder, environment(), LongJob.arguments(caseFolder));
    return Program.end(job);
  }

  private Map<String, String> environment() {
    return Map.of("TMPDIR", temporary.toString());
  }

  private static void signal(Running job, String name) throws Exception {
    String pid = Long.toString(job.process().pid());
    assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor()).isZero();
  }
}
