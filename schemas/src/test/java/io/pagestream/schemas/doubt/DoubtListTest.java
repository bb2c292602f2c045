package io.pagestream.schemas.doubt;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DoubtListTest {
  private static final DoubtReason REASON = DoubtReason.UNREADABLE;

  @Test
  void rangesThatTouchAreOneAndRepetitionsVanish() {
    assertThat(
            DoubtList.of(
                List.of(
                    REASON.of(0x3000, 1, "m"),
                    REASON.of(0x1000, 2, "m"),
                    REASON.of(0x1000, 2, "m"),
                    DoubtReason.FILE_CHANGED.of("other"),
                    DoubtReason.FILE_CHANGED.of("other"))))
        .containsExactly(REASON.of(0x1000, 3, "m"), DoubtReason.FILE_CHANGED.of("other"));
  }

  @Test
  void doubtsOfDifferentMessagesStayApart() {
    List<Doubt> doubts = List.of(REASON.of(0x1000, 1, "a"), REASON.of(0x2000, 1, "b"));
    assertThat(DoubtList.of(doubts)).isEqualTo(doubts);
  }

  @Test
  void manyRangesBecomeAShortListThatStillCoversAllOfThem() {
    List<Doubt> doubts = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      doubts.add(REASON.of(Pages.address(2L * i), 1, "m"));
    }
    List<Doubt> bounded = DoubtList.of(doubts);
    assertThat(bounded).hasSize(DoubtList.MOST_OF_A_REASON);
    assertThat(bounded.getLast().getMessage()).contains("9,969 further", "9,969 pages");
    assertThat(doubts)
        .allMatch(doubt ->
            bounded.stream().anyMatch(one -> DoubtList.covers(one, doubt.getPhysicalAddress())));
  }

  @Test
  void aLongMessageIsCut() {
    Doubt cut = DoubtList.of(List.of(REASON.of("x".repeat(100_000)))).getFirst();
    assertThat(cut.getMessage()).hasSize(400).endsWith("…");
  }
}
