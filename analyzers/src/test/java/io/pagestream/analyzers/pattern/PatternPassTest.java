package io.pagestream.analyzers.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.analyzers.api.AnalyzerInfo;
import io.pagestream.analyzers.api.FindingKind;
import io.pagestream.analyzers.api.Matches;
import io.pagestream.analyzers.api.Patterns;
import io.pagestream.analyzers.api.Window;
import io.pagestream.schemas.finding.Location;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One scan serves all analyzers; each gets its own matches, under its own indexes. */
final class PatternPassTest {
  private static final AnalyzerInfo FIRST = analyzer("first", new Patterns(List.of("ab"), 0, 2));
  private static final AnalyzerInfo NONE = analyzer("none", Patterns.NONE);
  private static final AnalyzerInfo LAST =
      analyzer("last", new Patterns(List.of("b", "b[xy]"), 2, 0));

  @Test
  void eachAnalyzerGetsItsOwnMatchesInEachWindow() {
    try (Arena arena = Arena.ofConfined();
        PatternPass pass = new PatternPass(List.of(FIRST, NONE, LAST))) {
      pass.scan(
          List.of(
              window(arena.allocateFrom("abx_ab"), 0, 6),
              window(arena.allocateFrom("nothing"), 0, 7),
              window(arena.allocateFrom("abab"), 2, 3)));
      assertThat(text(pass.of(0, 0))).containsExactly("0@2", "0@6");
      assertThat(text(pass.of(1, 0))).isEmpty();
      assertThat(text(pass.of(2, 0))).containsExactly("0@2", "1@3", "0@6");
      assertThat(text(pass.of(0, 1))).isEmpty();
      assertThat(text(pass.of(0, 2))).containsExactly("0@2", "0@4");
      pass.scan(List.of(window(arena.allocateFrom("_ab"), 0, 3)));
      assertThat(text(pass.of(0, 0))).containsExactly("0@3");
    }
  }

  @Test
  void aMatchAcrossChunksIsFoundOnce() {
    int size = 3 * PatternScanner.MAX_SCAN_BYTES;
    byte[] bytes = "..ab".repeat(size / 4).getBytes(StandardCharsets.US_ASCII);
    try (Arena arena = Arena.ofConfined();
        PatternPass pass = new PatternPass(List.of(FIRST))) {
      MemorySegment memory = arena.allocate(size).copyFrom(MemorySegment.ofArray(bytes));
      pass.scan(List.of(window(memory, 0, size)));
      Matches matches = pass.of(0, 0);
      assertThat(matches.count()).isEqualTo(size / 4);
      for (int i = 0; i < matches.count(); i++) {
        assertThat(matches.end(i)).isEqualTo(4 * i + 4);
      }
    }
  }

  private static Window window(MemorySegment bytes, int ownStart, int ownEnd) {
    return new Window(bytes, Location.physical(0), ownStart, ownEnd);
  }

  private static List<String> text(Matches matches) {
    return IntStream.range(0, matches.count())
        .mapToObj(i -> matches.pattern(i) + "@" + matches.end(i))
        .toList();
  }

  private static AnalyzerInfo analyzer(String name, Patterns patterns) {
    return new AnalyzerInfo(
            name, "For the test.", List.of(FindingKind.proven("mark")), 0, 1, List.of())
        .searching(patterns);
  }
}
