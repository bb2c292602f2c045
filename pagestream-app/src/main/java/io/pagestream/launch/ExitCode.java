package io.pagestream.launch;

/** Exit codes of every command. */
public final class ExitCode {
  /** All was done. */
  public static final int DONE = 0;

  /** Done, but with failures that are listed: dead letters, unreadable parts. */
  public static final int DONE_WITH_FAILURES = 1;

  /** The command line or an input is wrong; nothing was done or the rest was not possible. */
  public static final int BAD_INPUT = 2;

  /** The machine, the cluster or Pagestream itself failed. */
  public static final int FAILED = 3;

  private ExitCode() {}
}
