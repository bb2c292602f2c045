package io.pagestream.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.producer.run.PayloadMode;
import io.pagestream.system.Program.Running;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Services whose producer and analyzers share a folder: the broker transports references, not
 * pages.
 */
final class SharedStorageIT {
  private static final long END_SECONDS = 180;

  @TempDir Path folder;
  private Path logs;
  private Path shared;
  private Path image;

  @BeforeEach
  void shareAnImage() throws Exception {
    logs = Files.createDirectory(folder.resolve("logs"));
    shared = Files.createDirectory(folder.resolve("shared"));
    image = shared.resolve("lime.lime");
    try (InputStream packed =
        new GZIPInputStream(
            Files.newInputStream(Repository.SMALL_IMAGES.resolve("lime.lime.gz")))) {
      Files.copy(packed, image);
    }
  }

  /**
   * An image that is not in the folder does not block the stages: the analyses of its runs fail,
   * and it is named.
   */
  @Test
  void analyzersFindTheSameInSharedFilesAndSayWhichTheyLack() throws Exception {
    byte[] other = Files.readAllBytes(image);
    other[other.length - 1] ^= 1; // otherwise it would be the same image
    Path elsewhere = Files.write(folder.resolve("elsewhere.lime"), other);
    FinishedCase inline =
        new LocalJob(64, 4, 1, PayloadMode.INLINE).run(folder.resolve("inline"), List.of(image));
    try (Cluster cluster = Cluster.start(logs)) {
      cluster.stage("mapper");
      cluster.stage("analyzers", "--images", shared.toString());
      FinishedCase finished = stream(cluster, image);
      new Promise.EveryPageAccounted().verify(finished);
      new Promise.SameFindings(inline).verify(finished);

      FinishedCase lacking = stream(cluster, elsewhere);
      new Promise.EveryPageAccounted().verify(lacking);
      assertThat(lacking.findings()).isEmpty();
      assertThat(lacking.ledgers().getFirst().doubts())
          .isNotEmpty()
          .allSatisfy(doubt -> {
            assertThat(doubt.getReason()).isEqualTo("analysis-failed");
            assertThat(doubt.getMessage())
                .contains("PS-101", "elsewhere.lime", "give its folder with --images");
          });
    }
  }

  private FinishedCase stream(Cluster cluster, Path file) throws IOException, InterruptedException {
    Running producer = cluster.producer(file, "--payload", "reference");
    assertThat(producer.process().waitFor(END_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(producer.process().exitValue()).as(Files.readString(producer.err())).isZero();
    Path scratch = Files.createTempDirectory(folder, "scratch");
    return FinishedCase.collect(cluster.kafka(), Repository.imageId(file), scratch);
  }
}
