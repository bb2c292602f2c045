package io.pagestream.analyzers.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PatternScannerTest {
  @Test
  void reportsEachMatchOnceInTheOrderOfItsEnd() {
    PatternDatabase database = PatternDatabase.of(List.of("b", "ab", "a.\\x00"));
    try (Arena arena = Arena.ofConfined();
        PatternScanner scanner = new PatternScanner(database)) {
      MemorySegment bytes = arena.allocateFrom("xxabxab");
      int count = scanner.scan(bytes, 2, 8);
      assertThat(IntStream.range(0, count).mapToObj(i -> scanner.id(i) + "@" + scanner.end(i)))
          .containsExactly("0@2", "1@2", "0@5", "1@5", "2@6");
    }
  }

  @Test
  void losesNoMatchWhereEveryByteIsOne() {
    List<String> patterns = new ArrayList<>();
    for (int id = 0; id < 6; id++) {
      patterns.add("a{" + (id + 1) + "}");
    }
    int size = PatternScanner.MAX_SCAN_BYTES;
    try (Arena arena = Arena.ofConfined();
        PatternScanner scanner = new PatternScanner(PatternDatabase.of(patterns))) {
      MemorySegment bytes = arena.allocate(size).fill((byte) 'a');
      assertThat(scanner.scan(bytes, 0, size)).isEqualTo(6 * size - (1 + 2 + 3 + 4 + 5));
      assertThat(scanner.scan(bytes, 0, 3)).isEqualTo(3 + 2 + 1);
    }
  }

  @Test
  void seesNothingOutsideOfThePartThatItScans() {
    try (Arena arena = Arena.ofConfined();
        PatternScanner scanner = new PatternScanner(PatternDatabase.of(List.of("ab")))) {
      MemorySegment bytes = arena.allocateFrom("abab");
      assertThat(scanner.scan(bytes, 1, 3)).isZero();
      assertThat(scanner.scan(bytes, 1, 4)).isEqualTo(1);
    }
  }

  @Test
  void saysWhichExpressionIsWrong() {
    assertThatThrownBy(() -> PatternDatabase.of(List.of("a(b")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a(b");
  }

  @Test
  void isClosedTwiceWithoutHarm() {
    PatternScanner scanner = new PatternScanner(PatternDatabase.of(List.of("a")));
    scanner.close();
    scanner.close();
  }
}
