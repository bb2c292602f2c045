package io.pagestream.schemas.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Values as text. */
final class PrintableTextTest {
  @Test
  void nothingInATextActsOnATerminal() {
    assertThat(PrintableText.of("a\u001b[2Jb\n\u00e4~", 99)).isEqualTo("a?[2Jb??~");
    assertThat(PrintableText.of("abc", 2)).isEqualTo("ab");
    assertThat(PrintableText.of("", 2)).isEmpty();
  }

  @Test
  void hexadecimalIsUnsignedAndWithoutLeadingZeros() {
    assertThat(Hex.of(0)).isEqualTo("0x0");
    assertThat(Hex.of(0xABC)).isEqualTo("0xabc");
    assertThat(Hex.of(-1)).isEqualTo("0xffffffffffffffff");
  }
}
