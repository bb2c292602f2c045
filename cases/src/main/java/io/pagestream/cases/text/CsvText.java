package io.pagestream.cases.text;

/** Text as a field of a CSV file that a spreadsheet may open. */
public final class CsvText {
  /** RFC 4180, section 2: lines end with CR and LF. */
  public static final String END_OF_LINE = "\r\n";

  private CsvText() {}

  /**
   * The field. A text that a spreadsheet would interpret as a formula (OWASP, "CSV Injection": it
   * begins with one of {@code = + - @}, tab or CR) is preceded by an apostrophe, which spreadsheets
   * interpret as "this is text"; LF is treated in the same way. Characters that affect a terminal
   * or break lines are written as {@code \\u} and four hex digits. Fields are quoted if RFC 4180
   * requires it.
   */
  public static String field(String text) {
    String printable = HostileText.printable(text);
    String safe = isFormula(text) ? "'" + printable : printable;
    return needsQuotes(safe) ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }

  /** Whether a spreadsheet might interpret the text as a formula. */
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
