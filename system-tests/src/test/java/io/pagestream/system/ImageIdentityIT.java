package io.pagestream.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagestream.schemas.page.Pages;
import io.pagestream.schemas.topic.Topics;
import io.pagestream.system.Program.Ended;
import io.pagestream.system.Program.Running;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two snapshots of one machine that is idle: files of the same name and size that differ in a few
 * bytes, far from both ends. They are always two different images, and the records that a crashed
 * producer left of one are never used for the other.
 */
final class ImageIdentityIT {
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final int SIZE = 24 << 20;

  /** Well within the first 16 MiB, and in none of the places that were once sampled. */
  private static final int MARK_AT = 3 * (1 << 20) + 5 * Pages.SIZE + 100;

  @TempDir static Path folder;
  private static Path first;
  private static Path second;

  @BeforeAll
  static void writeTwins() throws IOException {
    long seed = System.nanoTime();
    System.out.println("ImageIdentityIT, seed " + seed);
    byte[] memory = new byte[SIZE];
    new Random(seed).nextBytes(memory);
    memory[0] = 0; // no magic number
    first = twin("monday", memory, "first");
    second = twin("tuesday", memory, "other");
  }

  private static Path twin(String day, byte[] memory, String who) throws IOException {
    byte[] mark = (" " + who + "@example.org ").getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(mark, 0, memory, MARK_AT, mark.length);
    return Files.write(Files.createDirectory(folder.resolve(day)).resolve("idle.raw"), memory);
  }

  @Test
  void oneJobKeepsThemApartAndAnImageGivenTwiceIsNotedAndAnalyzedOnce() throws Exception {
    Path caseFolder = folder.resolve("case");
    Ended ended =
        Program.run(
            folder,
            "analyze",
            "--quiet",
            "--out",
            caseFolder.toString(),
            first.toString(),
            second.toString(),
            first.toString());
    assertThat(ended.exitCode()).as(ended.all()).isZero();
    JsonNode manifest = Repository.json(caseFolder.resolve("manifest.json"));
    assertThat(manifest.get("images")).hasSize(2);
    assertThat(manifest.get("images").findValuesAsText("imageId"))
        .containsExactly(Repository.imageId(first), Repository.imageId(second))
        .doesNotHaveDuplicates();
    assertThat(manifest.get("notes").toString()).contains("has the same content as");
    assertThat(ended.out()).anyMatch(line -> line.contains("has the same content as"));
  }

  @Test
  void onAClusterNeitherContentNorPlanOfAnImageIsTakenForAnother() throws Exception {
    Path logs = Files.createDirectory(folder.resolve("logs"));
    try (Cluster cluster = Cluster.start(logs)) {
      cluster.stage("mapper");
      // Without analyzers the producer stops at 16 MiB, of which a fifth is look-ahead, and waits
      // until it is killed.
      Running crashed = cluster.producer(first, "--max-in-flight", "16");
      await()
          .atMost(LONG)
          .until(() -> cluster.recordsSent(Topics.MAPPED_PAGES) * 64L * Pages.SIZE > (11L << 20));
      crashed.kill();
      cluster.stage("analyzers");
      await().atMost(LONG).until(() -> cluster.recordsSent(Topics.RECEIPTS) > 8);

      Running other = cluster.producer(second, "--max-in-flight", "16");
      requireEnd(other, 0);
      requireWhole(cluster, second, "other@example.org");

      Running otherPlan = cluster.producer(first, "--run-pages", "32");
      requireEnd(otherPlan, 2);
      assertThat(Files.readString(otherPlan.err()))
          .contains("PS-106", "--run-pages 64, not 32", "--start-over");

      Running resumed = cluster.producer(first, "--max-in-flight", "16");
      requireEnd(resumed, 0);
      requireWhole(cluster, first, "first@example.org");
    }
  }

  @Test
  void aFileThatIsWrittenToWhileItIsStreamedIsADoubt() throws Exception {
    Path logs = Files.createDirectory(folder.resolve("change-logs"));
    Path changing = Files.copy(first, folder.resolve("changing.raw"));
    try (Cluster cluster = Cluster.start(logs)) {
      cluster.stage("mapper");
      Running producer = cluster.producer(changing, "--max-in-flight", "16");
      await().atMost(LONG).until(() -> cluster.recordsSent(Topics.MAPPED_PAGES) > 8);
      Files.write(changing, new byte[] {1}, StandardOpenOption.APPEND);
      cluster.stage("analyzers");
      requireEnd(producer, 1);
      assertThat(Files.readString(producer.out())).contains("DOUBT: file-changed");
    }
  }

  private static void requireEnd(Running producer, int exitCode) throws Exception {
    assertThat(producer.process().waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(producer.process().exitValue())
        .as(Files.readString(producer.out()) + Files.readString(producer.err()))
        .isEqualTo(exitCode);
  }

  private static void requireWhole(Cluster cluster, Path image, String value) throws Exception {
    FinishedCase finished =
        FinishedCase.collect(
            cluster.kafka(),
            Repository.imageId(image),
            Files.createTempDirectory(folder, "collect"));
    new Promise.EveryPageAccounted().verify(finished);
    assertThat(finished.artifacts()).extracting(Artifact::value).contains(value);
    assertThat(finished.artifacts())
        .extracting(Artifact::value)
        .doesNotContainAnyElementsOf(
            List.of(value.startsWith("first") ? "other@example.org" : "first@example.org"));
  }
}
