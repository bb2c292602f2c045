package io.pagestream.cases.text;

/** Text as a field of a CSV file that a spreadsheet may open. */
public final class CsvText {
  /** RFC 4180, section 2: lines end with CR and LF. */
  public static final String END_OF_LINE = "\r\n";

  private CsvText() {}

  /**
   * The field. A text that a spreadsheet would take for a formula (OWASP, "CSV Injection": it
   * begins with one of {@code = + - @}, tab or CR) gets an apostrophe before it, which spreadsheets
   * take for "this is text"; LF is treated alike. Characters that act on a terminal or break lines
   * are written as {@code \\u} and four hex digits. Quoted where RFC 4180 asks for it.
   */
  public static String field(String text) {
    String printable = HostileText.printable(text);
    String safe = isFormula(text) ? "'" + printable : printable;
    return needsQuotes(safe) ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }

  /** Whether a spreadsheet might take the text for a formula. */
  public static boolean isFormula(String text) {
    if (text.isEmpty()) {
      return false;
    }
    return switch (text.charAt(0)) {
      // The full-width forms count too: some spreadsheets fold them.
      case '=', '+', '-', '@', '\t', '\r', '\n', '\uFF1D', '\uFF0B', '\uFF0D', '\uFF20' -> true;
      default -> false;
    };
  }

  private static boolean needsQuotes(String text) {
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '"', ',', ';', '\r', '\n', '\t' -> {
          return true;
        }
        default -> {}
      }
    }
    return !text.isEmpty() && (text.startsWith(" ") || text.endsWith(" "));
  }
}
