package io.pagestream.program;

/** Exit codes of every command; {@code docs/exit-codes.md} is the table for users. */
public final class ExitCode {
  /** Everything was done, and nothing is in doubt. */
  public static final int DONE = 0;

  /** Done, but something failed or is in doubt, which is listed. */
  public static final int DONE_WITH_FAILURES = 1;

  /** The command line or an input is invalid; nothing was done, or the rest was not possible. */
  public static final int BAD_INPUT = 2;

  /** The machine, the cluster or Pagestream itself failed. */
  public static final int FAILED = 3;

  /** Stopped by Ctrl-C: 128 and the number of SIGINT. */
  public static final int INTERRUPTED = 130;

  /** Standard output was closed by its reader: 128 and the number of SIGPIPE. */
  public static final int CLOSED_PIPE = 141;

  /** Stopped: 128 and the number of SIGTERM. */
  public static final int TERMINATED = 143;

  private ExitCode() {}
}
