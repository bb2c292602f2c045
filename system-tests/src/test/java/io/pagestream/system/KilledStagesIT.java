package io.pagestream.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pagestream.schemas.topic.Topic;
import io.pagestream.schemas.topic.Topics;
import io.pagestream.system.Program.Running;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} in the middle of a job, while pages are in flight. Runs of one page slow down the
 * job, and the producer may have only 16 MiB in flight, so it waits for the killed stage. The long
 * test, with a hundred kills, is {@code system-tests/kill-test}; see docs/reliability.md.
 */
final class KilledStagesIT {
  private static final Duration MIDDLE = Duration.ofMinutes(1);

  /** The image's opening is on every partition; more records than that are runs. */
  private static final int PARTITIONS = 4;

  private static final long END_SECONDS = 180;

  @TempDir static Path folder;
  private static FinishedCase reference;

  @BeforeAll
  static void analyseUndisturbed() throws Exception {
    reference = LocalJob.USUAL.run(folder.resolve("reference"), List.of(Repository.SAMPLE));
  }

  @Test
  void aKilledMapperAnalyzerAndProducerLoseNothing() throws Exception {
    Path logs = Files.createDirectory(folder.resolve("logs"));
    try (Cluster cluster = Cluster.start(logs)) {
      Running mapper = cluster.stage("mapper");
      Running producer = produce(cluster);
      // Without analyzers the producer stops at 16 MiB and waits.
      killInTheMiddle(cluster, producer, mapper, Topics.MAPPED_PAGES);
      Running analyzers = cluster.stage("analyzers");
      cluster.stage("mapper");
      killInTheMiddle(cluster, producer, analyzers, Topics.FINDINGS);
      producer.kill();
      producer = produce(cluster); // resumes behind the blocks that are finished
      cluster.stage("analyzers");

      assertThat(producer.process().waitFor(END_SECONDS, TimeUnit.SECONDS))
          .as("the producer ends")
          .isTrue();
      assertThat(producer.process().exitValue()).isZero();
      String imageId = Repository.imageId(Repository.SAMPLE);
      FinishedCase finished =
          FinishedCase.collect(
              cluster.kafka(), imageId, Files.createDirectory(folder.resolve("s")));
      new Promise.EveryPageAccounted().verify(finished);
      new Promise.SameFindings(reference).verify(finished);
    }
  }

  private static Running produce(Cluster cluster) {
    return cluster.producer(Repository.SAMPLE, "--max-in-flight", "16", "--run-pages", "1");
  }

  /** Kills a stage after its first output, while it is processing further records. */
  private static void killInTheMiddle(Cluster cluster, Running producer, Running stage, Topic out) {
    await()
        .pollInterval(Duration.ofMillis(20))
        .atMost(MIDDLE)
        .until(() -> cluster.recordsSent(out) > PARTITIONS);
    stage.kill();
    assertThat(producer.process().isAlive()).as("the image is still on its way").isTrue();
  }
}
