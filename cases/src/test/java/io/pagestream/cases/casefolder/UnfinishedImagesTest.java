package io.pagestream.cases.casefolder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagestream.cases.CollectedSmallCase;
import io.pagestream.cases.SmallCase;
import io.pagestream.cases.collect.CollectedCase;
import io.pagestream.cases.collect.Recollection;
import io.pagestream.cases.seal.CheckedCase;
import io.pagestream.cases.verify.CaseVerifier;
import io.pagestream.schemas.avro.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The state that a killed job leaves, and a case to which images are added. */
final class UnfinishedImagesTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final GivenImage SMALL =
      new GivenImage(
          "/e/small.raw.zst", "small.raw.zst", GivenImage.Outcome.ANALYZED, SmallCase.IMAGE, "");
  private static final CaseFacts FACTS =
      new CaseFacts(
              "0.1.0",
              List.of("analyze", "a", "b"),
              NOON,
              NOON,
              Map.of("run-pages", "10"),
              List.of())
          .named("C-1", "A. Examiner")
          .ended(NOON, Map.of("run-pages", "10"), List.of(), List.of(SMALL), List.of());

  private static final List<Finding> FINDINGS =
      List.of(
          SmallCase.finding(0x1000, "email", "a@example.com"),
          SmallCase.finding(0x2000, "aes-key", "00112233445566778899aabbccddeeff"),
          SmallCase.finding(0xb000, "email", "b@example.com"));

  @TempDir private Path temporary;

  @Test
  void aKilledJobLeavesItsPlanAndItsCompleteImages() throws IOException {
    Path folder = temporary.resolve("case");
    leave(folder);
    UnfinishedImages left = new UnfinishedImages(folder);
    assertThat(left.plan())
        .contains(
            FACTS.ended(Instant.EPOCH, FACTS.settings(), List.of(), FACTS.given(), List.of()));
    assertThat(left.count()).isEqualTo(1);
    assertThat(left.finished())
        .singleElement()
        .satisfies(one -> {
          assertThat(one.ledgers())
              .extracting(ledger -> ledger.imageId())
              .containsExactly(SmallCase.IMAGE);
          assertThat(one.facts().settings()).isEqualTo(FACTS.settings());
        });
    assertThatThrownBy(() -> CheckedCase.open(folder))
        .hasMessageContaining("PS-222")
        .hasMessageContaining("1 image is complete");
    assertThat(CaseStatus.of(folder).state()).isEqualTo(CaseStatus.State.UNFINISHED);
    assertThat(CaseStatus.of(folder).images())
        .extracting(CaseStatus.ImageStatus::state)
        .containsExactly("complete");
  }

  @Test
  void aNextJobMakesOfThemTheSameCaseAsOneThatWasNotKilled() throws IOException {
    Path whole = temporary.resolve("whole");
    try (CaseFolder folder = CaseFolder.open(whole, false)) {
      CollectedSmallCase.write(folder, FACTS, SmallCase.receipts(), FINDINGS);
    }
    Path resumed = temporary.resolve("resumed");
    leave(resumed);
    try (CaseFolder folder = CaseFolder.open(resumed, CaseFolder.Earlier.ADD, Optional.empty());
        Recollection again = new Recollection(List.of(), folder.scratch())) {
      assertThat(folder.adds()).isFalse();
      folder.unfinished().finished().forEach(one -> one.giveAll(again));
      assertThat(again.loaded()).isEmpty();
      CollectedCase collected = again.collected(List.of());
      assertThat(collected.failure()).isNull();
      folder.write(FACTS, collected);
    }
    for (String name : List.of("findings.jsonl", "verdicts.jsonl", "ledger.bin", "summary.txt")) {
      assertThat(resumed.resolve(name)).hasSameBinaryContentAs(whole.resolve(name));
    }
    assertThat(resumed.resolve(".unfinished")).doesNotExist();
    CaseVerifier.requireSound(resumed);
    assertThat(CaseStatus.of(resumed).state()).isEqualTo(CaseStatus.State.FINISHED);
  }

  @Test
  void anImageThatWasAlteredOrNotWrittenToItsEndIsLeftOut() throws IOException {
    Path folder = temporary.resolve("case");
    leave(folder);
    Path image = folder.resolve(".unfinished").resolve(SmallCase.IMAGE);
    Files.writeString(image.resolve("findings.jsonl"), "{}\n");
    assertThat(new UnfinishedImages(folder).finished()).isEmpty();
    leave(temporary.resolve("other"));
    Files.delete(
        temporary.resolve("other/.unfinished").resolve(SmallCase.IMAGE).resolve("manifest.json"));
    assertThat(new UnfinishedImages(temporary.resolve("other")).finished()).isEmpty();
    assertThat(new UnfinishedImages(temporary.resolve("other")).count()).isZero();
  }

  @Test
  void aCaseToWhichImagesAreAddedStaysUntilTheNewOneIsComplete() throws IOException {
    Path path = temporary.resolve("case");
    try (CaseFolder folder = CaseFolder.open(path, false)) {
      CollectedSmallCase.write(folder, FACTS, SmallCase.receipts(), FINDINGS);
    }
    String seal = CaseVerifier.requireSound(path);
    try (CaseFolder folder = CaseFolder.open(path, CaseFolder.Earlier.ADD, Optional.empty())) {
      assertThat(folder.adds()).isTrue();
      folder.unfinished().plan(FACTS);
      assertThat(CaseVerifier.requireSound(path)).isEqualTo(seal);
      assertThat(CheckedCase.open(path).warning()).contains("UNFINISHED");
      CaseJob before =
          new CaseJob(
              "0.1.0", FACTS.commandLine(), NOON, NOON, FACTS.settings(), FACTS.given(), seal);
      CollectedSmallCase.write(
          folder,
          FACTS.ended(NOON, FACTS.settings(), List.of(), List.of(SMALL), List.of(before)),
          SmallCase.receipts(),
          FINDINGS);
    }
    assertThat(CaseVerifier.requireSound(path)).isNotEqualTo(seal);
    assertThat(CheckedCase.open(path).warning()).isEmpty();
    CaseFacts facts = ReopenedCase.open(path).facts();
    assertThat(facts.earlier()).extracting(CaseJob::sealSha256).containsExactly(seal);
    assertThat(facts.caseId()).isEqualTo("C-1");
    assertThat(facts.examiner()).isEqualTo("A. Examiner");
    assertThat(facts.given()).containsExactly(SMALL);
    assertThat(facts.jobs()).hasSize(2);
    try (var names = Files.list(path)) {
      assertThat(names.map(name -> name.getFileName().toString()))
          .noneMatch(name -> name.startsWith("."));
    }
  }

  @Test
  void forceDeletesWhatAKilledJobHasCompleted() {
    Path path = temporary.resolve("case");
    leave(path);
    try (CaseFolder folder = CaseFolder.open(path, true)) {
      assertThat(folder.unfinished().exist()).isFalse();
    }
  }

  /** A folder as after {@code kill -9}: the plan, and one complete image. */
  private void leave(Path path) {
    try (CaseFolder one = CaseFolder.open(temporary.resolve("one-" + path.getFileName()), false)) {
      CollectedSmallCase.write(one, FACTS, SmallCase.receipts(), FINDINGS);
      try (Recollection again = new Recollection(List.of(), one.scratch())) {
        ReopenedCase.open(one.path()).giveAll(again);
        UnfinishedImages unfinished = new UnfinishedImages(path);
        unfinished.plan(FACTS);
        unfinished.write(FACTS, again.collected(List.of()));
      }
    }
  }
}
