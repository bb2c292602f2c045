package io.pagestream.cases.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.cases.SmallCase;
import io.pagestream.cases.collect.ScriptedTopics;
import io.pagestream.schemas.avro.Confidence;
import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.finding.FindingIds;
import io.pagestream.schemas.finding.Location;
import io.pagestream.schemas.topic.Topics;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class LiveFindingsTest {
  private static final String TOPIC = Topics.FINDINGS.name(ScriptedTopics.PREFIX);

  private static final List<Finding> FINDINGS =
      SmallCase.FINDINGS.stream().map(LiveFindingsTest::withItsId).toList();

  private final ScriptedTopics topics = new ScriptedTopics(List.of(TOPIC));
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void aLineTellsAddressKindValueAndImage() {
    assertThat(FindingLine.of(SmallCase.finding(0x1f3a010, "email", "a@example.com")))
        .isEqualTo("0x000001f3a010  email          a@example.com  (small.raw.zst, ascii)");
  }

  @Test
  void aHostileValueDoesNotReachTheTerminal() {
    assertThat(FindingLine.of(SmallCase.finding(0, "url", "http://x/\u001b[2J" + "y".repeat(999))))
        .contains("http://x/\\u001b[2Jyyy")
        .contains("…")
        .hasSizeLessThan(300);
  }

  @Test
  void itPrintsAllThatIsThereAndEnds() {
    FINDINGS.forEach(topics::finding);
    assertThat(live(FindingFilter.ALL).printLines(out, false, () -> false)).isZero();
    assertThat(text().lines()).hasSize(3).first().asString().contains("a@example.com");
  }

  @Test
  void theFilterChoosesByKindAndByImage() {
    FINDINGS.forEach(topics::finding);
    live(FindingFilter.of(Set.of("aes-key"), Set.of("small.raw.zst")))
        .printJson(out, false, () -> false);
    assertThat(text().lines())
        .singleElement()
        .asString()
        .startsWith("{\"findingId\":")
        .contains("\"kind\":\"aes-key\"");
  }

  @Test
  void theFilterChoosesByConfidenceFromALevelOn() {
    FINDINGS.forEach(topics::finding);
    assertThat(SmallCase.FINDINGS).anyMatch(finding -> !finding.getKind().equals("aes-key"));
    live(new FindingFilter(Set.of(), Set.of(), Confidence.HIGH)).printJson(out, false, () -> false);
    assertThat(text().lines()).isNotEmpty().allMatch(line -> line.contains("\"kind\":\"aes-key\""));
  }

  @Test
  void theFilterKnowsImagesByIdToo() {
    assertThat(
            FindingFilter.of(Set.of(), Set.of(SmallCase.IMAGE))
                .wants(SmallCase.FINDINGS.getFirst()))
        .isTrue();
    assertThat(FindingFilter.of(Set.of(), Set.of("other")).wants(SmallCase.FINDINGS.getFirst()))
        .isFalse();
  }

  @Test
  void whatCannotBeReadIsCountedAndTheRestIsPrinted() {
    topics.raw(TOPIC, new byte[] {1, 2, 3});
    topics.finding(FINDINGS.getFirst());
    assertThat(live(FindingFilter.ALL).printLines(out, false, () -> false)).isEqualTo(1);
    assertThat(text().lines()).hasSize(1);
  }

  @Test
  void followingGoesOnUntilItIsStopped() {
    FINDINGS.forEach(topics::finding);
    AtomicInteger polls = new AtomicInteger();
    live(FindingFilter.ALL).printLines(out, true, () -> polls.incrementAndGet() > 10);
    assertThat(polls).hasValue(11);
    assertThat(text().lines()).hasSize(3);
  }

  @Test
  void aReplayIsNeverPrintedTwice() {
    FINDINGS.forEach(topics::finding);
    FINDINGS.reversed().forEach(topics::finding); // a stage that started again delivers again
    FINDINGS.forEach(topics::finding); // the same image handed in again
    assertThat(live(FindingFilter.ALL).printLines(out, false, () -> false)).isZero();
    assertThat(text().lines()).hasSize(3).doesNotHaveDuplicates();
  }

  @Test
  void aFindingUnderAnothersIdIsCountedAndDoesNotHideTheOther() {
    Finding real = FINDINGS.getFirst();
    topics.finding(Finding.newBuilder(real).setValue("forged@example.com").build());
    topics.finding(real);
    assertThat(live(FindingFilter.ALL).printJson(out, false, () -> false)).isEqualTo(1);
    assertThat(text()).contains(real.getValue()).doesNotContain("forged");
  }

  private static Finding withItsId(Finding finding) {
    String id =
        new FindingIds()
            .of(
                finding.getImageId(),
                finding.getAnalyzer(),
                finding.getKind(),
                Location.of(finding),
                finding.getValue());
    return Finding.newBuilder(finding).setFindingId(id).build();
  }

  private LiveFindings live(FindingFilter filter) {
    return new LiveFindings(topics.reader(), filter);
  }

  private String text() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
