package io.pagestream.cases.text;

/** Text within HTML, in an element or in a quoted attribute. */
public final class HtmlText {
  private HtmlText() {}

  /** Escapes at most the given number of characters of the text. */
  public static String of(String text, int most) {
    String printable = HostileText.printable(text, most);
    StringBuilder safe = new StringBuilder(printable.length() + 16);
    for (int i = 0; i < printable.length(); i++) {
      char c = printable.charAt(i);
      switch (c) {
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        case '&' -> safe.append("&amp;");
        case '"' -> safe.append("&quot;");
        case '\'' -> safe.append("&#39;");
        default -> safe.append(c);
      }
    }
    return safe.toString();
  }
}
