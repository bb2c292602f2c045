package io.pagestream.cases.terminal;

/** The few styles of our lines (ECMA-48, 8.3.117, select graphic rendition). */
public enum TerminalColor {
  /** As the terminal has it. */
  NONE(""),
  /** Headings. */
  BOLD("\u001b[1m"),
  /** Errors, and what was lost. */
  RED("\u001b[31m"),
  /** What is as it should be. */
  GREEN("\u001b[32m"),
  /** Warnings. */
  YELLOW("\u001b[33m");

  /** Ends each of them. */
  static final String END = "\u001b[0m";

  private final String start;

  TerminalColor(String start) {
    this.start = start;
  }

  String start() {
    return start;
  }
}
