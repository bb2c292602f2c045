package io.pagestream.producer.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.doubt.DoubtReason;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.page.Pages;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

class ReadFailuresTest {
  private final ReadFailures failures = new ReadFailures();

  @Test
  void tenFailedReadsAreNamedAndTheRestIsCounted() {
    assertThat(failures.sentences()).isEmpty();
    fail(10);
    assertThat(failures.sentences()).hasSize(10).last().asString().contains("0xa000", "3 pages");
    fail(2);
    assertThat(failures.sentences())
        .hasSize(11)
        .last()
        .isEqualTo("2 more reads failed, for 3 pages in total");
  }

  private void fail(int reads) {
    for (int read = 1; read <= reads; read++) {
      failures.add(
          Pages.address(read),
          read == 10 ? 3 : read,
          PagestreamException.of(ErrorCode.FILE_NOT_READABLE, "a bad sector", "copy it"));
    }
  }

  @Test
  void pagesThatTouchAreOneDoubt() {
    unreadable(3, 4, 6);
    assertThat(places(failures.doubts(List.of()))).containsExactly(tuple(3L, 2L), tuple(6L, 1L));
  }

  @Test
  void knownDoubtsAreCutOutOfARange() {
    unreadable(2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(places(failures.doubts(List.of(known(4, 2)))))
        .containsExactly(tuple(2L, 2L), tuple(6L, 4L));
    assertThat(places(failures.doubts(List.of(known(0, 3), known(8, 1)))))
        .containsExactly(tuple(3L, 5L), tuple(9L, 1L));
    assertThat(places(failures.doubts(List.of(known(3, 2), known(4, 3)))))
        .as("of doubts that overlap, the one that reaches further")
        .containsExactly(tuple(2L, 1L), tuple(7L, 3L));
    assertThat(failures.doubts(List.of(known(2, 8)))).isEmpty();
    assertThat(places(failures.doubts(List.of(known(0, 2), known(10, 5)))))
        .as("doubts beside the range")
        .containsExactly(tuple(2L, 8L));
    assertThat(places(failures.doubts(List.of(known(4, 0)))))
        .as("a doubt without pages")
        .containsExactly(tuple(2L, 8L));
  }

  private static Doubt known(long frame, long pages) {
    return DoubtReason.TRUNCATED.of(Pages.address(frame), pages, "the file is cut off");
  }

  private void unreadable(long... frames) {
    for (long frame : frames) {
      failures.unreadable(Pages.address(frame));
    }
  }

  private static List<Tuple> places(List<Doubt> doubts) {
    return doubts.stream()
        .map(doubt -> tuple(Pages.frameNumber(doubt.getPhysicalAddress()), doubt.getPageCount()))
        .toList();
  }
}
