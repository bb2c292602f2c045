package io.pagestream.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pagestream.system.Program.Running;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Other users of the machine cannot interfere with a running {@code analyze}. Every user can
 * connect to its ports, so a client without the secret represents another user; and no file has
 * permissions for users other than its owner.
 */
final class OtherUsersIT {
  private static final Duration START = Duration.ofMinutes(2);
  private static final long END_SECONDS = 240;

  /** The listener for clients, and the controller's. */
  private static final int BROKER_PORTS = 2;

  @TempDir static Path folder;
  private static final List<String> successes = new ArrayList<>();
  private static Set<Integer> attacked = Set.of();
  private static boolean aliveDuringAttack;
  private static Path caseFolder;
  private static Running analyze;
  private static PermissionWatch watch;

  @BeforeAll
  static void attackARunningJob() throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    caseFolder = folder.resolve("case");
    analyze =
        Program.start(
            folder,
            java.util.Map.of("TMPDIR", temporary.toString()),
            LongJob.arguments(caseFolder, "--verbose"));
    watch = PermissionWatch.start(List.of(caseFolder, temporary));
    await()
        .pollInterval(Duration.ofMillis(20))
        .atMost(START)
        .until(() -> ListeningPorts.of(analyze.process()).size() >= BROKER_PORTS);
    attacked = new TreeSet<>(ListeningPorts.of(analyze.process()));
    for (int port : attacked) {
      successes.addAll(Stranger.attack(port));
      aliveDuringAttack = analyze.process().isAlive();
    }
    assertThat(analyze.process().waitFor(END_SECONDS, TimeUnit.SECONDS)).isTrue();
    watch.close();
  }

  @Test
  void nobodyWithoutTheSecretGetsAnythingFromAnyPort() {
    assertThat(attacked).hasSizeGreaterThanOrEqualTo(BROKER_PORTS);
    assertThat(aliveDuringAttack).as("the job ran while it was attacked").isTrue();
    assertThat(successes).isEmpty();
  }

  @Test
  void theJobFindsWhatItFindsUndisturbed() throws Exception {
    assertThat(analyze.process().exitValue()).isZero();
    assertThat(Files.readAllLines(caseFolder.resolve("findings.jsonl")))
        .hasSize(Repository.SAMPLE_FINDINGS);
  }

  @Test
  void noFileWasEverOpenToOthers() {
    assertThat(watch.looks()).as("looks at the files").isGreaterThan(5);
    assertThat(watch.seen()).as("files seen").anyMatch(name -> name.endsWith(".log"));
    assertThat(watch.open()).isEmpty();
  }

  @Test
  void theSecretIsInItsFileOnly() throws Exception {
    Set<String> secrets = watch.secrets();
    assertThat(secrets).as("secrets that were seen in client.properties").isNotEmpty();
    List<Path> everything = new ArrayList<>(List.of(analyze.out(), analyze.err()));
    try (var files = Files.walk(caseFolder)) {
      files.filter(Files::isRegularFile).forEach(everything::add);
    }
    for (Path file : everything) {
      String text = Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
      assertThat(secrets).as(file.toString()).noneMatch(text::contains);
    }
    assertThat(secrets).noneMatch(secret -> watch.commandLines().contains(secret));
  }
}
