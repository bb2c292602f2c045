package io.pagestream.images.memorytype;

import static io.pagestream.schemas.avro.CacheType.NOT_ESTABLISHED;
import static io.pagestream.schemas.avro.CacheType.UNCACHED;
import static io.pagestream.schemas.avro.CacheType.UNCACHED_MINUS;
import static io.pagestream.schemas.avro.CacheType.UNKNOWN;
import static io.pagestream.schemas.avro.CacheType.WRITE_BACK;
import static io.pagestream.schemas.avro.CacheType.WRITE_COMBINING;
import static io.pagestream.schemas.avro.CacheType.WRITE_PROTECTED;
import static io.pagestream.schemas.avro.CacheType.WRITE_THROUGH;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.schemas.avro.CacheType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every cell of the table in facts A2.4, written out as text once more. */
final class EffectiveTypeTest {
  private static CacheType type(String word) {
    return switch (word) {
      case "UC" -> UNCACHED;
      case "UC-" -> UNCACHED_MINUS;
      case "WC" -> WRITE_COMBINING;
      case "WT" -> WRITE_THROUGH;
      case "WP" -> WRITE_PROTECTED;
      case "WB" -> WRITE_BACK;
      default -> throw new IllegalArgumentException(word);
    };
  }

  @ParameterizedTest
  @CsvSource({
    "UC, UC, UC, WC, UC, UC, UC",
    "WC, UC, WC, WC, UC, UC, WC",
    "WT, UC, UC, WC, WT, WP, WT",
    "WP, UC, WC, WC, WT, WP, WP",
    "WB, UC, UC, WC, WT, WP, WB"
  })
  void everyRow(
      String mtrr, String uc, String ucMinus, String wc, String wt, String wp, String wb) {
    check(mtrr, "UC", uc);
    check(mtrr, "UC-", ucMinus);
    check(mtrr, "WC", wc);
    check(mtrr, "WT", wt);
    check(mtrr, "WP", wp);
    check(mtrr, "WB", wb);
  }

  private static void check(String mtrr, String pat, String expected) {
    assertThat(EffectiveType.of(type(mtrr), type(pat)))
        .as("MTRR %s, PAT %s", mtrr, pat)
        .isEqualTo(type(expected));
  }

  @Test
  void whatIsNotKnownStaysUnknown() {
    for (CacheType any : CacheType.values()) {
      assertThat(EffectiveType.of(any, UNKNOWN)).isEqualTo(UNKNOWN);
      assertThat(EffectiveType.of(any, NOT_ESTABLISHED)).isEqualTo(UNKNOWN);
    }
    assertThat(EffectiveType.of(UNKNOWN, WRITE_BACK)).isEqualTo(UNKNOWN);
    assertThat(EffectiveType.of(UNKNOWN, UNCACHED_MINUS)).isEqualTo(UNKNOWN);
    assertThat(EffectiveType.of(UNCACHED_MINUS, WRITE_BACK)).isEqualTo(UNKNOWN);
  }

  @Test
  void twoPatTypesHoldWhateverTheMtrrsSay() {
    for (CacheType mtrr : CacheType.values()) {
      assertThat(EffectiveType.of(mtrr, UNCACHED)).isEqualTo(UNCACHED);
      assertThat(EffectiveType.of(mtrr, WRITE_COMBINING)).isEqualTo(WRITE_COMBINING);
    }
  }
}
