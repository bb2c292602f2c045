package io.pagestream.schemas.text;

/** Text from an image or a sidecar, made safe for records and terminals. */
public final class PrintableText {
  private PrintableText() {}

  /**
   * The first characters of a text; everything other than printable ASCII becomes {@code ?}.
   *
   * @param most maximum number of characters
   */
  public static String of(String text, int most) {
    StringBuilder printable = new StringBuilder(Math.min(text.length(), most));
    for (int i = 0; i < text.length() && i < most; i++) {
      char c = text.charAt(i);
      printable.append(c >= ' ' && c < 0x7f ? c : '?');
    }
    return printable.toString();
  }
}
