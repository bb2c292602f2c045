package io.pagestream.analyzers.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagestream.analyzers.api.AnalyzerInfo;
import io.pagestream.analyzers.api.Encoding;
import io.pagestream.analyzers.api.FindingKind;
import io.pagestream.analyzers.api.Window;
import io.pagestream.schemas.finding.Location;
import java.lang.foreign.Arena;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StrictSinkTest {
  private static final AnalyzerInfo INFO =
      new AnalyzerInfo(
          "some", "Finds some.", List.of(FindingKind.proven("some")), 4, 16, List.of());

  private final Window window =
      new Window(Arena.ofAuto().allocate(64), Location.physical(0x1000), 4, 50);
  private final Set<Found> findings = new LinkedHashSet<>();
  private final StrictSink sink = new StrictSink(INFO, window, findings);

  @Test
  void keepsWhatFollowsTheRules() {
    sink.found("some", 49, 15, "v", Encoding.ASCII);
    assertThat(findings).containsExactly(Found.at(0x1031, "some", 15, "v", Encoding.ASCII));
  }

  @ParameterizedTest
  @CsvSource({
    "other, 10, 1, v, undeclared kind",
    "some, 3, 1, v, own part",
    "some, 50, 1, v, own part",
    "some, -1, 1, v, own part",
    "some, 10, 0, v, length 0",
    "some, 49, 16, v, than is shown",
    "some, 10, 17, v, look-ahead",
    "some, 10, 1, '', empty value",
  })
  void refusesWhatBreaksThem(String kind, int offset, int length, String value, String why) {
    assertThatThrownBy(() -> sink.found(kind, offset, length, value, Encoding.ASCII))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  @Test
  void refusesAttributesThatAreNotKebabCase() {
    assertThatThrownBy(
            () -> sink.found("some", 10, 1, "v", Encoding.ASCII, Map.of("notKebab", "x")))
        .hasMessageContaining("kebab-case");
  }
}
