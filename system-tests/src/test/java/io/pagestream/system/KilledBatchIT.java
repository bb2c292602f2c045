package io.pagestream.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagestream.system.Program.Ended;
import io.pagestream.system.Program.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A batch that is killed ({@code kill -9}) goes on with the same command, and its case is the same
 * as that of a batch that was never killed. The seed is printed. The long test, with 20 images and
 * three kills, runs with {@code -Dpagestream.long=true}: docs/batch.md has the command.
 */
final class KilledBatchIT {
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final long SEED = Long.getLong("pagestream.seed", System.nanoTime());
  private static final List<String> CONTENT =
      List.of("findings.jsonl", "verdicts.jsonl", "dead-letters.jsonl", "ledger.bin");

  private final Random random = new Random(SEED);
  @TempDir Path folder;

  @BeforeEach
  void printSeed() {
    System.out.println("KilledBatchIT: -Dpagestream.seed=" + SEED);
  }

  @Test
  void aKilledBatchGoesOnAndEndsLikeOneThatWasNeverKilled() throws Exception {
    List<Path> images = GeneratedImages.write(folder.resolve("evidence"), SEED, 1500).subList(0, 3);
    Path twice = Files.copy(images.getFirst(), folder.resolve("evidence/copy.img"));
    List<Path> given = List.of(images.get(0), images.get(1), images.get(2), twice);

    Path killed = folder.resolve("killed");
    killAfter(killed, given, 1);
    Ended opened = Program.run(folder, "query", killed.toString(), "FROM findings");
    assertThat(opened.exitCode()).isEqualTo(2);
    assertThat(opened.all()).contains("PS-222", "unfinished");
    Ended resumed = analyze(killed, given);
    assertThat(resumed.exitCode()).as(resumed.all()).isZero();
    assertThat(resumed.all()).contains("given twice");
    assertThat(killed.resolve(".unfinished")).doesNotExist();
    assertThat(killed.resolve(".scratch")).doesNotExist();

    Path whole = folder.resolve("whole");
    Ended never = analyze(whole, given);
    assertThat(never.exitCode()).as(never.all()).isZero();
    requireSame(killed, whole);
    List<String> labels = new ArrayList<>();
    Repository.json(killed.resolve("manifest.json"))
        .get("images")
        .forEach(image -> labels.add(image.get("name").asText()));
    assertThat(labels)
        .containsExactly(
            "host-" + SEED + "-RAW/memory.img",
            "host-" + SEED + "-LIME/memory.img",
            "host-" + SEED + "-ELF/memory.img");
  }

  @Test
  @EnabledIfSystemProperty(named = "pagestream.long", matches = "true")
  void twentyImagesAndThreeKillsFindWhatTwentySingleRunsFind() throws Exception {
    List<Path> images = new ArrayList<>();
    for (int seed = 1; seed <= 4; seed++) {
      images.addAll(GeneratedImages.write(folder.resolve("evidence"), SEED + seed, 500 << seed));
    }
    Path batch = folder.resolve("batch");
    int least = 0;
    for (int kill = 1; kill <= 3; kill++) {
      least += 1 + random.nextInt(5);
      killAfter(batch, images, least);
    }
    Ended ended = analyze(batch, images);
    assertThat(ended.exitCode()).as(ended.all()).isZero();
    Ended verified = Program.run(folder, "verify", batch.toString());
    assertThat(verified.exitCode()).as(verified.all()).isZero();

    Map<String, List<String>> ofBatch = findings(batch);
    for (Path image : images) {
      Path single = folder.resolve("single-" + image.getName(image.getNameCount() - 2));
      Ended alone = analyze(single, List.of(image));
      assertThat(alone.exitCode()).as(alone.all()).isZero();
      findings(single)
          .forEach(
              (id, found) -> assertThat(ofBatch.remove(id)).as(image.toString()).isEqualTo(found));
    }
    assertThat(ofBatch).as("images with findings that no single run has").isEmpty();
    System.out.println("KilledBatchIT: 20 images, 3 kills, findings identical to 20 single runs");
  }

  /** Findings by image id, as JSON without the label of the image. */
  private static Map<String, List<String>> findings(Path caseFolder) throws IOException {
    Map<String, List<String>> findings = new TreeMap<>();
    try (Stream<String> lines = Files.lines(caseFolder.resolve("findings.jsonl"))) {
      lines.forEach(line -> {
        JsonNode finding = Repository.json(line);
        String id = finding.get("imageId").asText();
        ((com.fasterxml.jackson.databind.node.ObjectNode) finding).remove("image");
        findings.computeIfAbsent(id, none -> new ArrayList<>()).add(finding.toString());
      });
    }
    return findings;
  }

  /** Starts the job and kills it at a random time after it has completed some images. */
  private void killAfter(Path caseFolder, List<Path> images, int completed) throws Exception {
    Running job = Program.start(folder, arguments(caseFolder, images));
    await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(LONG)
        .until(() -> !job.process().isAlive() || completedIn(caseFolder) >= completed);
    Thread.sleep(random.nextInt(50)); // not a wait for a condition: the point in time is varied
    assertThat(job.process().isAlive()).as("the job is at work").isTrue();
    job.kill();
    assertThat(caseFolder.resolve("manifest.json")).doesNotExist();
    assertThat(completedIn(caseFolder)).isGreaterThanOrEqualTo(completed);
  }

  private static long completedIn(Path caseFolder) throws IOException {
    Path unfinished = caseFolder.resolve(".unfinished");
    if (!Files.isDirectory(unfinished)) {
      return 0;
    }
    try (Stream<Path> images = Files.list(unfinished)) {
      return images.filter(image -> Files.exists(image.resolve("manifest.json"))).count();
    }
  }

  private static void requireSame(Path one, Path other) throws IOException {
    for (String name : CONTENT) {
      assertThat(Files.mismatch(one.resolve(name), other.resolve(name))).as(name).isEqualTo(-1);
    }
  }

  private Ended analyze(Path caseFolder, List<Path> images) throws InterruptedException {
    return Program.run(folder, arguments(caseFolder, images));
  }

  private static String[] arguments(Path caseFolder, List<Path> images) {
    List<String> arguments =
        new ArrayList<>(List.of("analyze", "--quiet", "--out", caseFolder.toString()));
    images.forEach(image -> arguments.add(image.toString()));
    return arguments.toArray(String[]::new);
  }
}
