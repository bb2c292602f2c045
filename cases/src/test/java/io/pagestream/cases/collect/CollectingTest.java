package io.pagestream.cases.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.cases.SmallCase;
import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.ImageState;
import io.pagestream.schemas.avro.RunReceipt;
import io.pagestream.schemas.connection.KafkaConnection;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When collecting ends, and what the collected case then says. */
final class CollectingTest {
  private static final Duration STALL = Duration.ofSeconds(30);
  private static final String SECOND = "f".repeat(32);

  @TempDir private Path scratch;

  private final ScriptedTopics topics = ScriptedTopics.ofCase();
  private final List<CollectProgress> progress = new ArrayList<>();
  private final List<String> events = new ArrayList<>();
  private final AtomicLong clock = new AtomicLong();
  private final CaseFollower follower =
      new CaseFollower() {
        @Override
        public void finding(Finding finding) {
          events.add(finding.getValue());
        }

        @Override
        public void polled(List<CaseImage> images) {
          events.add("polled " + images.size());
        }

        @Override
        public void ended(List<CaseImage> images) {
          events.add("ended");
        }
      };

  @Test
  void whileMoreImagesMayComeACompleteCaseGoesOnAndDoesNotStall() {
    sendCase();
    try (FindingCollector collector = collector(List.of())) {
      collector.expect(SmallCase.IMAGE);
      collector.moreMayCome(true);
      CollectedCase collected =
          collector.collect(now -> {
            progress.add(now);
            collector.moreMayCome(progress.size() < 200);
          });
      assertThat(collected.failure()).isNull();
      assertThat(collected.findings().count()).isEqualTo(3);
      assertThat(progress).hasSizeGreaterThanOrEqualTo(200);
    }
  }

  @Test
  void anImageThatIsExpectedLaterBelongsToTheCaseAfterTheOthers() {
    sendCase();
    try (FindingCollector collector = collector(List.of(SmallCase.IMAGE))) {
      collector.moreMayCome(true);
      CollectedCase collected =
          collector.collect(now -> {
            progress.add(now);
            if (progress.size() == 20) {
              collector.expect(SECOND);
              collector.expect(SmallCase.IMAGE);
              collector.moreMayCome(false);
            }
          });
      assertThat(collected.ledgers())
          .extracting(ledger -> ledger.imageId())
          .containsExactly(SmallCase.IMAGE, SECOND);
      assertThat(collected.failure())
          .hasMessageContaining("PS-304")
          .hasMessageContaining("image " + SECOND + ": The image's manifest never arrived.");
      assertThat(progress.getLast().images()).isEqualTo(2);
      assertThat(progress.getLast().imagesOpened()).isEqualTo(1);
      assertThat(progress.getLast().imagesEnded()).isEqualTo(1);
    }
  }

  @Test
  void aCollectorThatGivesUpReturnsWhatIsThereWithTheReason() {
    sendCase();
    PagestreamException reason =
        PagestreamException.of(ErrorCode.STAGE_STALLED, "the mapper has died", "see its log");
    try (FindingCollector collector = collector(List.of(SmallCase.IMAGE))) {
      CollectedCase collected =
          collector.collect(now -> {
            progress.add(now);
            if (now.findingsReceived() == 1) {
              collector.giveUp(reason);
            }
          });
      assertThat(collected.failure()).isSameAs(reason);
      assertThat(collected.findings().count()).isEqualTo(1);
      assertThat(events).contains("a@example.com").endsWith("ended");
    }
  }

  @Test
  void nothingForTheStallTimeoutEndsCollectingAndNewsStartsItAgain() {
    topics.manifest(SmallCase.manifest(ImageState.OPEN));
    try (FindingCollector collector = collector(List.of(SmallCase.IMAGE))) {
      CollectedCase collected =
          collector.collect(now -> {
            progress.add(now);
            if (progress.size() == 20) {
              topics.manifest(SmallCase.manifest(ImageState.CLOSED));
            }
          });
      assertThat(collected.failure())
          .hasMessageContaining("PS-304")
          .hasMessageContaining("nothing has arrived for 31 s: ")
          .hasMessageContaining("2 of 2 receipts of the mapper are missing: blocks 0, 1.")
          .hasMessageContaining("2 of 2 receipts of the analyzers are missing: blocks 0, 1.")
          .hasMessageContaining("The producer read 20 pages, the mapper judged 0.")
          .hasMessageNotContaining(" more)");
    }
    assertThat(progress).as("20 polls, then 31 with the news").hasSize(51);
  }

  @Test
  void fourProblemsAreNamedAndTheRestIsCounted() {
    topics.manifest(SmallCase.manifest(ImageState.CLOSED));
    try (FindingCollector collector = collector(List.of(SmallCase.IMAGE, SECOND))) {
      assertThat(collector.collect(progress::add).failure())
          .hasMessageContaining("The producer read 20 pages, the mapper judged 0. (and 1 more)");
    }
  }

  @Test
  void aStallAfterAllReceiptsIsACaseThatDoesNotAddUp() {
    SmallCase.verdicts().forEach(topics::verdict);
    topics.manifest(SmallCase.manifest(ImageState.CLOSED));
    SmallCase.receipts().forEach(topics::receipt);
    try (FindingCollector collector = collector(List.of(SmallCase.IMAGE))) {
      CollectedCase collected = collector.collect(progress::add);
      assertThat(collected.failure())
          .extracting(PagestreamException::code)
          .isEqualTo(ErrorCode.LEDGER_DOES_NOT_ADD_UP);
      assertThat(collected.failure())
          .hasMessageContaining("1 of 1 findings of kind aes-key of small.raw.zst are missing.")
          .hasMessageContaining("2 of 2 findings of kind email of small.raw.zst are missing.");
      assertThat(collected.failure()).hasMessageNotContaining(" more)");
    }
  }

  @Test
  void copiesOfAFindingDoNotEndTheWaitAndTheLastFindingEndsItAtOnce() {
    SmallCase.verdicts().forEach(topics::verdict);
    topics.manifest(SmallCase.manifest(ImageState.CLOSED));
    SmallCase.receipts().forEach(topics::receipt);
    topics.finding(SmallCase.FINDINGS.get(0));
    topics.finding(SmallCase.FINDINGS.get(0));
    topics.finding(SmallCase.FINDINGS.get(0));
    topics.finding(SmallCase.FINDINGS.get(1));
    topics.finding(SmallCase.FINDINGS.get(2));
    try (FindingCollector collector = collector(List.of(SmallCase.IMAGE))) {
      CollectedCase collected = collector.collect(progress::add);
      assertThat(collected.failure()).isNull();
      assertThat(collected.findings().count()).isEqualTo(3);
    }
    assertThat(progress).as("not a poll more than it takes").hasSize(2 + 1 + 4 + 5 + 1);
  }

  @Test
  void followingTakesRecordsUntilItIsStopped() {
    sendCase();
    AtomicInteger polls = new AtomicInteger();
    try (FindingCollector collector = collector(List.of(SmallCase.IMAGE))) {
      collector.follow(() -> polls.getAndIncrement() == 30);
    }
    assertThat(events)
        .containsSubsequence("a@example.com", "00112233445566778899aabbccddeeff", "b@example.com")
        .doesNotContain("ended");
    assertThat(events.stream().filter("polled 1"::equals)).hasSize(30);
  }

  @Test
  void aStageThatJudgesOtherPagesThanItCountsIsNamedForItsImage() {
    ImageManifest manifest = SmallCase.manifest(ImageState.CLOSED);
    manifest.setName("");
    SmallCase.verdicts().subList(0, 1).forEach(topics::verdict);
    topics.manifest(manifest);
    SmallCase.receipts().forEach(topics::receipt);
    SmallCase.FINDINGS.forEach(topics::finding);
    try (FindingCollector collector = collector(List.of(SmallCase.IMAGE))) {
      assertThat(collector.collect(progress::add).problems())
          .contains("The verdicts on 1 of 2 runs of image " + SmallCase.IMAGE + " are missing.");
    }
  }

  @Test
  void aReceiptThatCannotBeTrueIsARejectedRecord() {
    RunReceipt invalid = SmallCase.receipts().getFirst();
    invalid.setBlock(7);
    topics.manifest(SmallCase.manifest(ImageState.OPEN));
    topics.receipt(invalid);
    sendCase();
    try (FindingCollector collector = collector(List.of(SmallCase.IMAGE))) {
      CollectedCase collected = collector.collect(progress::add);
      assertThat(collected.rejectedRecords()).isEqualTo(1);
      assertThat(collected.failure()).hasMessageContaining("the image has no such block");
    }
  }

  @Test
  void aFailedImageCountsAsOneThatWasNotRead() {
    SmallCase.verdicts().forEach(topics::verdict);
    SmallCase.FINDINGS.forEach(topics::finding);
    topics.manifest(SmallCase.manifest(ImageState.FAILED));
    SmallCase.receipts().forEach(topics::receipt);
    try (FindingCollector collector = collector(List.of(SmallCase.IMAGE))) {
      CollectedCase collected = collector.collect(progress::add);
      assertThat(collected.outcome(0).failedImages()).isEqualTo(1);
      assertThat(collected.outcome(2).failedImages()).isEqualTo(3);
    }
  }

  @Test
  void furtherNotesComeAfterTheOthers() {
    sendCase();
    try (FindingCollector collector = collector(List.of(SmallCase.IMAGE))) {
      CollectedCase collected = collector.collect(progress::add).withNotes(List.of("one"));
      assertThat(collected.withNotes(List.of("two")).notes()).containsExactly("one", "two");
      assertThat(collected.withNotes(List.of("two")).findings().count()).isEqualTo(3);
    }
  }

  private FindingCollector collector(List<String> images) {
    return new FindingCollector(settings(images), topics.reader(), this::tick, follower);
  }

  private CollectSettings settings(List<String> images) {
    return new CollectSettings(
        KafkaConnection.to("unused:1"), ScriptedTopics.PREFIX, images, Map.of(), STALL, scratch, 2);
  }

  private long tick() {
    return clock.addAndGet(Duration.ofSeconds(1).toNanos());
  }

  private void sendCase() {
    topics.manifest(SmallCase.manifest(ImageState.OPEN));
    SmallCase.verdicts().forEach(topics::verdict);
    SmallCase.receipts().forEach(topics::receipt);
    SmallCase.FINDINGS.forEach(topics::finding);
    topics.manifest(SmallCase.manifest(ImageState.CLOSED));
  }
}
