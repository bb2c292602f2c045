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
    PatternDatabase database =
        PatternDatabase.compile(
            List.of(new Pattern(7, "b"), new Pattern(9, "ab"), new Pattern(255, "a.\\x00")));
    try (Arena arena = Arena.ofConfined();
        PatternScanner scanner = new PatternScanner(database)) {
      MemorySegment bytes = arena.allocateFrom("xxabxab");
      int count = scanner.scan(bytes, 2, 8);
      assertThat(IntStream.range(0, count).mapToObj(i -> scanner.id(i) + "@" + scanner.end(i)))
          .containsExactly("7@2", "9@2", "7@5", "9@5", "255@6");
    }
  }

  @Test
  void losesNoMatchWhereEveryByteIsOne() {
    List<Pattern> patterns = new ArrayList<>();
    for (int id = 0; id < 6; id++) {
      patterns.add(new Pattern(id, "a{" + (id + 1) + "}"));
    }
    int size = PatternScanner.MAX_SCAN_BYTES;
    try (Arena arena = Arena.ofConfined();
        PatternScanner scanner = new PatternScanner(PatternDatabase.compile(patterns))) {
      MemorySegment bytes = arena.allocate(size).fill((byte) 'a');
      assertThat(scanner.scan(bytes, 0, size)).isEqualTo(6 * size - (1 + 2 + 3 + 4 + 5));
      assertThat(scanner.scan(bytes, 0, 3)).isEqualTo(3 + 2 + 1);
    }
  }

  @Test
  void seesNothingOutsideOfThePartThatItScans() {
    try (Arena arena = Arena.ofConfined();
        PatternScanner scanner =
            new PatternScanner(PatternDatabase.compile(List.of(new Pattern(0, "ab"))))) {
      MemorySegment bytes = arena.allocateFrom("abab");
      assertThat(scanner.scan(bytes, 1, 3)).isZero();
      assertThat(scanner.scan(bytes, 1, 4)).isEqualTo(1);
    }
  }

  @Test
  void saysWhichExpressionIsWrong() {
    assertThatThrownBy(() -> PatternDatabase.compile(List.of(new Pattern(0, "a(b"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a(b");
  }

  @Test
  void isClosedTwiceWithoutHarm() {
    PatternScanner scanner =
        new PatternScanner(PatternDatabase.compile(List.of(new Pattern(0, "a"))));
    scanner.close();
    scanner.close();
  }
}
