package io.pagestream.findings.terminal;

import java.util.List;

/** The summary's lines in colour, where the terminal has it: problems red, names bold. */
public final class EndTable {
  private static final String BOLD = "\u001b[1m";
  private static final String RED = "\u001b[31m";
  private static final String GREEN = "\u001b[32m";
  private static final String YELLOW = "\u001b[33m";
  private static final String PLAIN = "\u001b[0m";

  private EndTable() {}

  /** The lines as they are printed. */
  public static List<String> lines(List<String> summary, TerminalStyle style) {
    return style.colour() ? summary.stream().map(EndTable::coloured).toList() : summary;
  }

  private static String coloured(String line) {
    String colour = colour(line);
    return colour.isEmpty() ? line : colour + line + PLAIN;
  }

  private static String colour(String line) {
    String text = line.strip();
    if (text.startsWith("PROBLEM:")
        || text.startsWith("WARNING:")
        || text.startsWith("NOT ANALYSED:")
        || text.startsWith("NOT every page")) {
      return RED;
    }
    if (text.startsWith("every page is accounted for, with") || text.startsWith("DOUBT:")) {
      return YELLOW;
    }
    if (text.startsWith("every page is accounted for")) {
      return GREEN;
    }
    if (text.startsWith("warning:") || text.startsWith("failed analyses")) {
      return YELLOW;
    }
    return !line.isEmpty() && !Character.isWhitespace(line.charAt(0)) ? BOLD : "";
  }
}
