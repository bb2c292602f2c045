package io.pagestream.cases.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The capabilities of the output.
 *
 * @param inPlace whether a line can be overwritten: standard error is a terminal
 * @param color whether colors are requested and supported
 * @param width columns, at least 20
 */
public record TerminalStyle(boolean inPlace, boolean color, int width) {
  private static final int LEAST_WIDTH = 20;
  private static final int USUAL_WIDTH = 80;
  private static final int MOST_WIDTH = 500;

  /** Checks the bound. */
  public TerminalStyle {
    width = Math.clamp(width, LEAST_WIDTH, MOST_WIDTH);
  }

  /** The style of standard output of this process. */
  public static TerminalStyle ofStandardOutput() {
    return of(System.getenv(), isTerminal(Path.of("/proc/self/fd/1")));
  }

  /** The style of standard error of this process. */
  public static TerminalStyle ofStandardError() {
    return of(System.getenv(), isTerminal(Path.of("/proc/self/fd/2")));
  }

  /**
   * The style given by the environment: {@code NO_COLOR} (no-color.org: any value but the empty
   * one), {@code TERM=dumb}, {@code COLUMNS}.
   */
  static TerminalStyle of(Map<String, String> environment, boolean terminal) {
    boolean able = terminal && !environment.getOrDefault("TERM", "").equals("dumb");
    boolean color = able && environment.getOrDefault("NO_COLOR", "").isEmpty();
    return new TerminalStyle(able, color, width(environment.getOrDefault("COLUMNS", "")));
  }

  private static int width(String columns) {
    // No terminal has a width of more than 4 digits; longer numbers may not fit an int.
    return columns.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(columns) : USUAL_WIDTH;
  }

  /**
   * Java reports only whether standard input and output are terminals, so Linux is queried
   * directly.
   */
  static boolean isTerminal(Path descriptor) {
    try {
      String target = Files.readSymbolicLink(descriptor).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      return false; // no /proc: plain lines work everywhere
    }
  }
}
