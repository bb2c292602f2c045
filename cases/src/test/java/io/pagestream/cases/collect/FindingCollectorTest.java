package io.pagestream.cases.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagestream.cases.SmallCase;
import io.pagestream.cases.doubt.DoubtText;
import io.pagestream.cases.verdicts.PageSpan;
import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.ImageState;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.RunReceipt;
import io.pagestream.schemas.avro.Stage;
import io.pagestream.schemas.connection.KafkaConnection;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.finding.FindingIds;
import io.pagestream.schemas.finding.Location;
import io.pagestream.schemas.page.PageBitmap;
import io.pagestream.schemas.topic.DeadLetter;
import io.pagestream.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FindingCollectorTest {
  private static final Duration STALL = Duration.ofSeconds(30);

  @TempDir private Path scratch;

  private final ScriptedTopics topics = ScriptedTopics.ofCase();
  private final List<CollectProgress> progress = new ArrayList<>();

  /** A clock that advances by a second on each reading. */
  private final AtomicLong clock = new AtomicLong();

  @Test
  void aCompleteCaseIsCollectedInOrderAndAddsUp() {
    sendStages();
    sendFindings(SmallCase.FINDINGS.reversed());
    try (FindingCollector collector = collector()) {
      CollectedCase collected = collector.collect(progress::add);
      assertThat(collected.failure()).isNull();
      assertThat(values(collected))
          .containsExactly("a@example.com", "00112233445566778899aabbccddeeff", "b@example.com");
      assertThat(collected.findings().byKind(0)).isEqualTo(Map.of("aes-key", 1L, "email", 2L));
      assertThat(collected.ledgers().getFirst().proof().addsUp()).isTrue();
      assertThat(progress.getLast().analyzers().pages()).isEqualTo(20);
      assertThat(progress.getLast().pages()).isEqualTo(20);
      assertThat(progress.getLast().findingsReceived()).isEqualTo(3);
    }
  }

  @Test
  void findingsThatArriveAfterTheirReceiptsAreWaitedFor() {
    sendFindings(SmallCase.FINDINGS.subList(0, 1));
    sendStages();
    sendFindings(SmallCase.FINDINGS.subList(1, 3));
    try (FindingCollector collector = collector()) {
      assertThat(collector.collect(progress::add).findings().count()).isEqualTo(3);
    }
  }

  @Test
  void copiesOfAFindingCountOnceAndDoNotHideAMissingOne() {
    sendStages();
    sendFindings(SmallCase.FINDINGS.subList(0, 2));
    sendFindings(SmallCase.FINDINGS.subList(0, 2));
    sendFindings(SmallCase.FINDINGS.subList(2, 3));
    try (FindingCollector collector = collector()) {
      CollectedCase collected = collector.collect(progress::add);
      assertThat(collected.failure()).isNull();
      assertThat(collected.findings().count()).isEqualTo(3);
    }
  }

  @Test
  void aLostFindingEndsInAnErrorThatNamesItsKind() {
    sendStages();
    sendFindings(SmallCase.FINDINGS.subList(0, 2));
    try (FindingCollector collector = collector()) {
      CollectedCase collected = collector.collect(progress::add);
      assertThatThrownBy(collected::throwIfFailed)
          .isInstanceOf(PagestreamException.class)
          .hasMessageContaining("PS-900")
          .hasMessageContaining("1 of 2 findings of kind email of small.raw.zst are missing");
      assertThat(collected.findings().count()).isEqualTo(2);
    }
  }

  @Test
  void aSilentStageEndsInAStallThatNamesTheStageAndItsBlocks() {
    topics.manifest(SmallCase.manifest(ImageState.CLOSED));
    SmallCase.receipts().subList(0, 3).forEach(topics::receipt);
    try (FindingCollector collector = collector()) {
      CollectedCase collected = collector.collect(progress::add);
      assertThatThrownBy(collected::throwIfFailed)
          .hasMessageContaining("PS-304")
          .hasMessageContaining("1 of 2 receipts of the analyzers are missing: block 1");
    }
  }

  @Test
  void aFindingThatNoReceiptTellsOfIsAProblem() {
    sendStages();
    sendFindings(SmallCase.FINDINGS);
    topics.finding(SmallCase.finding(0x5000, "url", "http://example.com"));
    // What is already complete does not wait for strangers, so the stranger comes first.
    ScriptedTopics early = ScriptedTopics.ofCase();
    early.finding(SmallCase.finding(0x5000, "url", "http://example.com"));
    SmallCase.FINDINGS.forEach(early::finding);
    SmallCase.verdicts().forEach(early::verdict);
    early.manifest(SmallCase.manifest(ImageState.CLOSED));
    SmallCase.receipts().forEach(early::receipt);
    try (FindingCollector collector =
        new FindingCollector(settings(), early.reader(), this::tick, CaseFollower.NONE)) {
      CollectedCase collected = collector.collect(progress::add);
      assertThat(collected.problems())
          .containsExactly(
              "1 findings of kind url of small.raw.zst are here, the receipts tell of 0.");
      assertThat(collected.failure())
          .extracting(e -> e.code())
          .isEqualTo(ErrorCode.LEDGER_DOES_NOT_ADD_UP);
    }
  }

  @Test
  void moreFindingsThanToldAreANoteWhereAnAnalysisFailedInARepetition() {
    sendFindings(SmallCase.FINDINGS);
    SmallCase.verdicts().forEach(topics::verdict);
    topics.manifest(SmallCase.manifest(ImageState.CLOSED));
    SmallCase.receipts().subList(0, 3).forEach(topics::receipt);
    RunReceipt failed = SmallCase.receipt(Stage.ANALYZERS, 1, Map.of());
    failed.getFailures().put("text:time-out", 1L);
    topics.receipt(failed);
    topics.deadLetter(
        DeadLetter.of(Stage.ANALYZERS, ErrorCode.ANALYSIS_FAILED, "time-out", "slow", "t/0/1")
            .by("text")
            .run(SmallCase.verdicts().get(1)));
    try (FindingCollector collector = collector()) {
      CollectedCase collected = collector.collect(progress::add);
      assertThat(collected.failure()).isNull();
      assertThat(collected.failedAnalyses()).isEqualTo(1);
      assertThat(collected.doubts())
          .extracting(doubt -> DoubtText.line(doubt.doubt()))
          .containsExactly("analysis-failed, 0xa000-0x13fff (10 pages): text (time-out): slow");
      assertThat(collected.notes()).singleElement().asString().contains("the receipts tell of 1");
    }
  }

  @Test
  void recordsOfOtherImagesAndBytesThatAreNoRecordsChangeNothing() {
    Finding foreign = SmallCase.finding(0x3000, "email", "c@example.com");
    foreign.setImageId("f".repeat(32));
    foreign.setFindingId(
        new FindingIds()
            .of("f".repeat(32), "text", "email", Location.physical(0x3000), "c@example.com"));
    topics.finding(foreign);
    topics.raw(Topics.FINDINGS.name(ScriptedTopics.PREFIX), new byte[] {1, 2, 3});
    topics.raw(Topics.RECEIPTS.name(ScriptedTopics.PREFIX), new byte[0]);
    Finding evil = SmallCase.finding(0x3000, "email", "d@example.com");
    evil.setFindingId("../../etc/passwd");
    topics.finding(evil);
    sendStages();
    sendFindings(SmallCase.FINDINGS);
    try (FindingCollector collector = collector()) {
      CollectedCase collected = collector.collect(progress::add);
      assertThat(collected.failure()).isNull();
      assertThat(collected.findings().count()).isEqualTo(3);
      assertThat(collected.rejectedRecords()).isEqualTo(3);
      assertThat(collected.rejected())
          .extracting(DeadLetter::source)
          .containsExactlyInAnyOrder("test.findings/0/1", "test.receipts/0/0", "test.findings/0/2");
      assertThat(collected.outcome(0).exitCode()).isEqualTo(1);
    }
  }

  @Test
  void aFindingWhoseContentWasChangedUnderItsIdIsRejected() {
    Finding forged = SmallCase.FINDINGS.getFirst();
    Finding replaced = Finding.newBuilder(forged).setValue("innocent@example.com").build();
    topics.finding(replaced);
    sendStages();
    sendFindings(SmallCase.FINDINGS);
    try (FindingCollector collector = collector()) {
      CollectedCase collected = collector.collect(progress::add);
      assertThat(values(collected)).doesNotContain("innocent@example.com").hasSize(3);
      assertThat(collected.doubts())
          .singleElement()
          .satisfies(doubt -> {
            assertThat(doubt.doubt().getReason()).isEqualTo("finding-rejected");
            assertThat(doubt.doubt().getMessage())
                .contains("test.findings/0/0", "an id that does not match its content");
          });
      assertThat(collected.outcome(0).exitCode()).isEqualTo(1);
    }
  }

  @Test
  void twoDifferentFindingsUnderOneIdAreAContradiction() {
    Finding forged =
        Finding.newBuilder(SmallCase.FINDINGS.getFirst()).setContext("another context").build();
    topics.finding(forged);
    sendStages();
    sendFindings(SmallCase.FINDINGS);
    try (FindingCollector collector = collector()) {
      CollectedCase collected = collector.collect(progress::add);
      assertThat(collected.failure()).isNull();
      assertThat(collected.doubts())
          .extracting(doubt -> doubt.doubt().getReason())
          .containsExactly("finding-contradicts");
    }
  }

  @Test
  void receiptsManifestsAndVerdictsThatContradictEarlierOnesAreDoubtsAndTheFirstHold() {
    sendFindings(SmallCase.FINDINGS);
    topics.manifest(SmallCase.manifest(ImageState.OPEN));
    ImageManifest otherManifest = SmallCase.manifest(ImageState.CLOSED);
    otherManifest.setRunCount(1L);
    topics.manifest(otherManifest);
    topics.verdict(SmallCase.verdicts().getFirst());
    PageRun otherVerdict = SmallCase.verdicts().getFirst();
    otherVerdict.setZeroPages(PageBitmap.empty());
    topics.verdict(otherVerdict);
    SmallCase.receipts().subList(0, 3).forEach(topics::receipt);
    topics.receipt(SmallCase.receipt(Stage.ANALYZERS, 0, Map.of("email", 7L)));
    topics.receipt(SmallCase.receipts().get(3));
    topics.verdict(SmallCase.verdicts().get(1));
    topics.manifest(SmallCase.manifest(ImageState.CLOSED));
    try (FindingCollector collector = collector()) {
      CollectedCase collected = collector.collect(progress::add);
      assertThat(collected.failure()).isNull();
      assertThat(collected.doubts())
          .extracting(doubt -> doubt.doubt().getReason())
          .containsExactlyInAnyOrder(
              "receipt-contradicts", "manifest-contradicts", "verdict-contradicts");
    }
  }

  @Test
  void aDeadLetterThatTheReceiptsTellOfIsWaitedForAndNamesTheRun() {
    sendFindings(SmallCase.FINDINGS);
    SmallCase.verdicts().forEach(topics::verdict);
    topics.manifest(SmallCase.manifest(ImageState.CLOSED));
    SmallCase.receipts().subList(0, 3).forEach(topics::receipt);
    RunReceipt failed = SmallCase.receipts().get(3);
    failed.getFailures().put("aes-keys:error", 1L);
    topics.receipt(failed);
    try (FindingCollector collector = collector()) {
      CollectedCase collected = collector.collect(progress::add);
      assertThatThrownBy(collected::throwIfFailed)
          .hasMessageContaining("1 dead letters are missing");
    }
  }

  @Test
  void verdictsThatArriveAfterAllReceiptsAreWaitedForAndCopiesCountOnce() {
    topics.manifest(SmallCase.manifest(ImageState.CLOSED));
    SmallCase.receipts().forEach(topics::receipt);
    sendFindings(SmallCase.FINDINGS);
    topics.verdict(SmallCase.verdicts().get(1));
    topics.verdict(SmallCase.verdicts().get(1));
    topics.verdict(SmallCase.verdicts().get(0));
    try (FindingCollector collector = collector()) {
      CollectedCase collected = collector.collect(progress::add);
      assertThat(collected.failure()).isNull();
      List<PageSpan> spans = new ArrayList<>();
      collected.verdicts().getFirst().forEachSpan(spans::add);
      assertThat(spans).hasSize(10);
    }
  }

  @Test
  void verdictsThatComeBeforeTheManifestCountAsSoonAsItIsThere() {
    SmallCase.verdicts().forEach(topics::verdict);
    PageRun impossible = SmallCase.verdicts().getFirst();
    impossible.setRunIndex(7);
    topics.verdict(impossible);
    topics.manifest(SmallCase.manifest(ImageState.CLOSED));
    SmallCase.receipts().forEach(topics::receipt);
    sendFindings(SmallCase.FINDINGS);
    try (FindingCollector collector = collector()) {
      CollectedCase collected = collector.collect(progress::add);
      assertThat(collected.verdicts().getFirst().totals().runs()).isEqualTo(2);
      assertThat(collected.problems())
          .containsExactly("1 verdict records of small.raw.zst are impossible.");
    }
  }

  @Test
  void aLostVerdictEndsInAnErrorThatCountsIt() {
    topics.manifest(SmallCase.manifest(ImageState.CLOSED));
    SmallCase.receipts().forEach(topics::receipt);
    sendFindings(SmallCase.FINDINGS);
    topics.verdict(SmallCase.verdicts().getFirst());
    try (FindingCollector collector = collector()) {
      CollectedCase collected = collector.collect(progress::add);
      assertThatThrownBy(collected::throwIfFailed)
          .hasMessageContaining("PS-900")
          .hasMessageContaining("The verdicts on 1 of 2 runs of small.raw.zst are missing.");
    }
  }

  @Test
  void verdictsThatContradictTheReceiptsAreAProblem() {
    PageRun other = SmallCase.verdicts().getFirst();
    other.setZeroPages(PageBitmap.empty());
    topics.verdict(other);
    topics.verdict(SmallCase.verdicts().get(1));
    topics.manifest(SmallCase.manifest(ImageState.CLOSED));
    SmallCase.receipts().forEach(topics::receipt);
    sendFindings(SmallCase.FINDINGS);
    try (FindingCollector collector = collector()) {
      assertThat(collector.collect(progress::add).problems())
          .singleElement()
          .asString()
          .contains("tell of other pages than the mapper's receipts: 2 runs, mapped 11");
    }
  }

  @Test
  void aListenerThatThrowsEndsTheCollecting() {
    try (FindingCollector collector = collector()) {
      assertThatThrownBy(() ->
              collector.collect(now -> {
                throw new IllegalStateException("the mapper has died");
              }))
          .hasMessage("the mapper has died");
    }
  }

  @Test
  void noTemporaryFileIsLeft() {
    sendStages();
    sendFindings(SmallCase.FINDINGS);
    try (FindingCollector collector = collector()) {
      collector.collect(progress::add);
      assertThat(scratch).isNotEmptyDirectory();
    }
    assertThat(scratch).isEmptyDirectory();
  }

  private FindingCollector collector() {
    return new FindingCollector(settings(), topics.reader(), this::tick, CaseFollower.NONE);
  }

  private CollectSettings settings() {
    return new CollectSettings(
        KafkaConnection.to("unused:1"),
        ScriptedTopics.PREFIX,
        List.of(SmallCase.IMAGE),
        Map.of(),
        STALL,
        scratch,
        2);
  }

  private long tick() {
    return clock.addAndGet(Duration.ofSeconds(1).toNanos());
  }

  private void sendStages() {
    topics.manifest(SmallCase.manifest(ImageState.OPEN));
    SmallCase.verdicts().forEach(topics::verdict);
    SmallCase.receipts().forEach(topics::receipt);
    topics.manifest(SmallCase.manifest(ImageState.CLOSED));
  }

  private void sendFindings(List<Finding> findings) {
    findings.forEach(topics::finding);
  }

  private static List<String> values(CollectedCase collected) {
    List<String> values = new ArrayList<>();
    collected.findings().forEach(finding -> values.add(finding.getValue()));
    return values;
  }
}
