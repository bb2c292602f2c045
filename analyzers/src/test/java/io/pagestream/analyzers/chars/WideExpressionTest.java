package io.pagestream.analyzers.chars;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Java's regular expressions decide whether the derived expression matches the same text. */
final class WideExpressionTest {
  @ParameterizedTest
  @CsvSource({
    "abc, abc",
    "a[0-9]{2}b, a12b",
    "[0-9]{2}:[0-9], 12:3",
    "(?:GET|POST) [/h*], POST /",
    "'(?:ab|c){2}x', abcx",
    "'a ?[b-d]{1,3}e', a bcde",
    "'\\[\\x41\\.', '[A.'",
    "'x(?:1|22)?y', x22y"
  })
  void matchesTheSameTextInBothByteOrders(String narrow, String text) {
    assertThat(text).matches(Pattern.compile(narrow));
    Pattern wide = Pattern.compile(WideExpression.of(narrow));
    String little = latin1(text.getBytes(StandardCharsets.UTF_16LE));
    String big = latin1(text.getBytes(StandardCharsets.UTF_16BE));
    assertThat(little.substring(0, little.length() - 1)).matches(wide);
    assertThat(big.substring(1)).matches(wide);
    assertThat(wide.matcher(text).find()).isFalse();
  }

  @Test
  void refusesWhatItDoesNotUnderstand() {
    assertThatThrownBy(() -> WideExpression.of("a)b")).isInstanceOf(RuntimeException.class);
  }

  private static String latin1(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
