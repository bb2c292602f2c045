package io.pagestream.images.rangesource;

import java.io.ByteArrayOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A registry value of type REG_RESOURCE_LIST (8) as written by regedit and {@code reg export}:
 * {@code ".Translated"=hex(8):02,00,…} with a backslash at the end of each continued line.
 */
final class RegistryText {
  private static final Pattern TRANSLATED =
      Pattern.compile("\"\\.Translated\"\\s*=\\s*hex\\(8\\):");
  private static final Pattern KEY =
      Pattern.compile("(?i)\\\\System Resources\\\\Physical Memory\\]");

  private RegistryText() {}

  static boolean isOne(String text) {
    return text.contains("hex(8):");
  }

  /** The bytes of the value {@code .Translated} of the key, or of the only such value. */
  static byte[] value(SideContent content, String text) {
    Matcher key = KEY.matcher(text);
    Matcher value = TRANSLATED.matcher(text);
    if (!value.find(key.find() ? key.end() : 0)) {
      throw content.invalid("it has no value \".Translated\"=hex(8):…");
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int at = value.end();
    boolean goesOn = false;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\\') {
        goesOn = true;
      } else if (c == '\n') {
        if (!goesOn) {
          break;
        }
        goesOn = false;
      } else if (c != ',' && !Character.isWhitespace(c)) {
        int high = Character.digit(c, 16);
        int low = at + 1 < text.length() ? Character.digit(text.charAt(at + 1), 16) : -1;
        if (high < 0 || low < 0) {
          throw content.invalid(
              "the value .Translated contains '%c' instead of hex digits".formatted(c));
        }
        bytes.write(high << 4 | low);
        at++;
      }
      at++;
    }
    return bytes.toByteArray();
  }
}
