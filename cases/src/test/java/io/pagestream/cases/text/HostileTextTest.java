package io.pagestream.cases.text;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

final class HostileTextTest {
  @Example
  void ordinaryTextIsLeftAsItIs() {
    assertThat(HostileText.printable("Grüße, 世界 😀")).isEqualTo("Grüße, 世界 😀");
  }

  @Example
  void anEscapeSequenceDoesNotReachTheTerminal() {
    assertThat(HostileText.printable("\u001b]0;owned\u0007\r\n\u009b2J"))
        .isEqualTo("\\u001b]0;owned\\u0007\\u000d\\u000a\\u009b2J");
  }

  @Example
  void writingIsNotTurnedRound() {
    assertThat(HostileText.printable("evil\u202Egpj.exe\u2066"))
        .isEqualTo("evil\\u202egpj.exe\\u2066");
  }

  @Example
  void textThatNoReaderSeesIsShown() {
    // "pay" in tag characters (U+E0000 on), a filler of Hangul, a variation selector.
    assertThat(HostileText.printable("a\uDB40\uDC70\uDB40\uDC61\uDB40\uDC79b\u3164c\uDB40\uDD00"))
        .isEqualTo("a\\udb40\\udc70\\udb40\\udc61\\udb40\\udc79b\\u3164c\\udb40\\udd00");
    assertThat(HostileText.printable("日本 😀 ❤\uFE0F é")).isEqualTo("日本 😀 ❤\uFE0F é");
  }

  @Example
  void aSurrogateWithoutPartnerIsReplaced() {
    assertThat(HostileText.wellFormed("a\uD83Db\uDE00\uD83D")).isEqualTo("a\uFFFDb\uFFFD\uFFFD");
    assertThat(HostileText.wellFormed("😀")).isEqualTo("😀");
  }

  @Example
  void aCutMarksItselfAndSplitsNoCharacter() {
    assertThat(HostileText.printable("abcdef", 4)).isEqualTo("abc…");
    assertThat(HostileText.printable("ab😀def", 4)).isEqualTo("ab…");
  }

  @Property
  void whateverComesTheResultIsSafeShortEnoughAndUnicode(
      @ForAll String text, @ForAll @IntRange(min = 2, max = 40) int most) {
    String safe = HostileText.printable(text, most);
    assertThat(safe.length()).isLessThanOrEqualTo(most);
    assertThat(safe.chars()).noneMatch(c -> HostileText.isDangerous(c));
    assertThat(HostileText.wellFormed(safe)).isEqualTo(safe);
  }
}
