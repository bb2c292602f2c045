package io.pagestream.cases.terminal;

import java.util.List;

/** The summary's lines, in color if the terminal supports it: problems red, names bold. */
public final class EndTable {
  private EndTable() {}

  /** Prints the lines. */
  public static void print(List<String> summary, TerminalWriter terminal) {
    summary.forEach(line -> terminal.println(color(line), line));
  }

  private static TerminalColor color(String line) {
    String text = line.strip();
    if (text.startsWith("PROBLEM:")
        || text.startsWith("WARNING:")
        || text.startsWith("NOT ANALYZED:")
        || text.startsWith("NOT every page")) {
      return TerminalColor.RED;
    }
    if (text.startsWith("every page is accounted for, with") || text.startsWith("DOUBT:")) {
      return TerminalColor.YELLOW;
    }
    if (text.startsWith("every page is accounted for")) {
      return TerminalColor.GREEN;
    }
    if (text.startsWith("warning:") || text.startsWith("failed analyses")) {
      return TerminalColor.YELLOW;
    }
    return !line.isEmpty() && !Character.isWhitespace(line.charAt(0))
        ? TerminalColor.BOLD
        : TerminalColor.NONE;
  }
}
