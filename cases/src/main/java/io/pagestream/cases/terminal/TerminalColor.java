package io.pagestream.cases.terminal;

/** The text styles in use (ECMA-48, 8.3.117, select graphic rendition). */
public enum TerminalColor {
  /** The default of the terminal. */
  NONE(""),
  /** Headings. */
  BOLD("\u001b[1m"),
  /** Errors and losses. */
  RED("\u001b[31m"),
  /** Successful checks. */
  GREEN("\u001b[32m"),
  /** Warnings. */
  YELLOW("\u001b[33m");

  /** Ends each style. */
  static final String END = "\u001b[0m";

  private final String start;

  TerminalColor(String start) {
    this.start = start;
  }

  String start() {
    return start;
  }
}
