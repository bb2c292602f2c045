package io.pagestream.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pagestream.system.Program.Ended;
import io.pagestream.system.Program.Running;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job that stands still for longer than an analyzer may take, as with Ctrl-Z, a suspended laptop
 * or a paused virtual machine, has the same findings as without a stop: time-outs count processor
 * time.
 */
final class StoppedJobIT {
  private static final long SEED = Long.getLong("pagestream.seed", System.nanoTime());
  private static final int TIME_OUT_SECONDS = 2;
  private static final int STOPS = 4;

  @TempDir Path folder;

  @Test
  void stopsLongerThanTheTimeOutCostNothing() throws Exception {
    System.out.println("StoppedJobIT: -Dpagestream.seed=" + SEED);
    Random random = new Random(SEED);
    Path caseFolder = folder.resolve("case");
    Running job =
        Program.start(
            folder,
            "analyze",
            "--quiet",
            "--run-pages",
            "4",
            "--max-in-flight",
            "16",
            "--analyzer-timeout",
            Integer.toString(TIME_OUT_SECONDS),
            "--out",
            caseFolder.toString(),
            Repository.SAMPLE.toString());
    await()
        .pollInterval(Duration.ofMillis(10))
        .atMost(Duration.ofMinutes(2))
        .until(() -> Files.exists(caseFolder.resolve(".scratch/broker/meta.properties")));
    int stops = 0;
    // Neither is a wait for a condition: the start and length of the stop are varied.
    while (stops < STOPS && !job.process().waitFor(random.nextInt(1500), TimeUnit.MILLISECONDS)) {
      signal(job, "STOP");
      Thread.sleep(Duration.ofSeconds(TIME_OUT_SECONDS + 1));
      signal(job, "CONT");
      stops++;
    }
    Ended ended = Program.end(job);
    assertThat(stops).as("stops").isPositive();
    assertThat(ended.exitCode()).as(ended.all()).isZero();
    assertThat(Files.readAllLines(caseFolder.resolve("findings.jsonl")))
        .hasSize(Repository.SAMPLE_FINDINGS);
    assertThat(Files.readString(caseFolder.resolve("dead-letters.jsonl"))).isEmpty();
  }

  private static void signal(Running job, String name) throws Exception {
    String pid = Long.toString(job.process().pid());
    assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor()).isZero();
  }
}
