package io.pagestream.cases.text;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import org.jspecify.annotations.Nullable;

/**
 * JSON escapes for characters that could affect a terminal on which a file is displayed, in
 * addition to those that JSON itself requires (RFC 8259, section 7: quotation mark, reverse
 * solidus, U+0000 to U+001F).
 */
public final class SafeEscapes extends CharacterEscapes {
  private static final long serialVersionUID = 1;

  private static final int[] ASCII = ascii();

  private static int[] ascii() {
    int[] escapes = standardAsciiEscapesForJSON();
    escapes[0x7F] = ESCAPE_STANDARD;
    return escapes;
  }

  @Override
  public int[] getEscapeCodesForAscii() {
    return ASCII.clone();
  }

  @Override
  public @Nullable SerializableString getEscapeSequence(int ch) {
    return HostileText.isDangerous(ch) ? new SerializedString("\\u%04x".formatted(ch)) : null;
  }
}
