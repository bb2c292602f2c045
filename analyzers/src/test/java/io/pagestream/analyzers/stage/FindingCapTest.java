package io.pagestream.analyzers.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A page keeps a limited number of findings of a kind, and of a value. */
class FindingCapTest {
  private final FindingCap.Page page = FindingCap.DEFAULT.page();

  @Test
  void aPageFullOfDifferentRecordsOfSixteenBytesIsKeptWhole() {
    assertThat(kept("payment-card", 4096 / 16)).isEqualTo(4096 / 16);
  }

  @Test
  void moreDifferentValuesThanThatAreNot() {
    assertThat(kept("email", 600)).isEqualTo(256);
  }

  @Test
  void oneValueInEachLineOfALogIsKeptWhole() {
    assertThat(repeated("10.0.0.1", 64)).isEqualTo(4096 / 64);
  }

  @Test
  void oneValueTwiceInEachLineOfALogIsKeptWhole() {
    long kept = 0;
    for (int line = 0; line < 4096; line += 256) {
      kept += page.keeps("ipv4", "10.0.0.1", line + 20) ? 1 : 0;
      kept += page.keeps("ipv4", "10.0.0.1", line + 50) ? 1 : 0;
    }
    assertThat(kept).isEqualTo(2 * 4096 / 256);
  }

  @Test
  void oneValueThatFillsThePageIsNot() {
    assertThat(repeated("a@b.co", 7)).isEqualTo(1 + 16);
  }

  @Test
  void repetitionsDoNotUseUpWhatOtherValuesMayHave() {
    repeated("a@b.co", 7);
    assertThat(page.keeps("ipv4", "198.51.100.7", 4090)).isTrue();
  }

  @Test
  void oneKindDoesNotUseUpWhatAnotherMayHave() {
    kept("domain", 600);
    assertThat(page.keeps("aes-key", "00112233", 4090)).isTrue();
  }

  @Test
  void withoutACapEverythingIsKept() {
    FindingCap.Page unlimited = FindingCap.NONE.page();
    assertThat(IntStream.range(0, 4096).allMatch(at -> unlimited.keeps("email", "a@b.co", at)))
        .isTrue();
    assertThat(FindingCap.NONE.mayExceed(5000)).isFalse();
  }

  /** Number of kept findings of a value that recurs at a fixed distance. */
  private long repeated(String value, int every) {
    return IntStream.iterate(0, at -> at < 4096, at -> at + every)
        .filter(at -> page.keeps("ipv4", value, at))
        .count();
  }

  private long kept(String kind, int values) {
    return IntStream.range(0, values).filter(i -> page.keeps(kind, "value-" + i, 6L * i)).count();
  }
}
