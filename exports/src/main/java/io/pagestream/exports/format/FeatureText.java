package io.pagestream.exports.format;

import io.pagestream.cases.text.HostileText;
import java.nio.charset.StandardCharsets;

/** Text as bulk_extractor writes it to feature files. */
final class FeatureText {
  private FeatureText() {}

  /**
   * Backslashes, control characters and DEL as {@code \xHH}, as bulk_extractor's {@code
   * validateOrEscapeUTF8} does. Other characters that could affect a terminal are escaped in the
   * same way, for each byte of their UTF-8. A field therefore never contains a tab or a line end.
   */
  static String escape(String text) {
    String unicode = HostileText.wellFormed(text);
    StringBuilder escaped = new StringBuilder(unicode.length() + 8);
    unicode
        .codePoints()
        .forEach(c -> {
          if (c == '\\' || HostileText.isDangerous(c)) {
            for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
              escaped.append("\\x%02X".formatted(b & 0xFF));
            }
          } else {
            escaped.appendCodePoint(c);
          }
        });
    return escaped.toString();
  }
}
