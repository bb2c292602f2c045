package io.pagestream.analyzers.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class KeyExpansionTest {
  @ParameterizedTest
  @CsvSource({
    // FIPS 197, appendix A: key, first expanded word, last four words.
    Schedules.FIPS_128 + ", a0fafe17, d014f9a8c9ee2589e13f0cc8b6630ca6",
    Schedules.FIPS_192 + ", fe0c91f7, e98ba06f448c773c8ecc720401002202",
    Schedules.FIPS_256 + ", 9ba35411, fe4890d1e6188d0b046df344706c631e",
  })
  void expandsAsThePublishedVectorsSay(String key, String firstExpanded, String last) {
    int[] words = Schedules.words(key);
    assertThat(HexFormat.of().toHexDigits(words[Schedules.size(key).keyWords]))
        .isEqualTo(firstExpanded);
    assertThat(HexFormat.of().formatHex(Schedules.bytes(key))).startsWith(key).endsWith(last);
  }

  @ParameterizedTest
  @EnumSource
  void expandsToTheSameScheduleFromEveryStretchOfIt(AesSize size) {
    int[] schedule = Schedules.words(Schedules.randomKey(size, new Random(7)));
    for (int known = 0; known + size.keyWords <= size.scheduleWords; known++) {
      int[] words = new int[size.scheduleWords];
      System.arraycopy(schedule, known, words, known, size.keyWords);
      assertThat(KeyExpansion.expand(size, words, known, schedule, 0)).isZero();
      assertThat(words).isEqualTo(schedule);
    }
  }

  @Test
  void stopsWhenTooManyBitsDiffer() {
    int[] seen = new int[AesSize.AES_128.scheduleWords];
    int[] words = Arrays.copyOf(seen, seen.length);
    assertThat(KeyExpansion.expand(AesSize.AES_128, words, 0, seen, 10)).isGreaterThan(10);
    assertThat(words[43]).isZero();
  }
}
