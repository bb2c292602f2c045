package io.pagestream.cases.terminal;

import java.io.IOException;
import java.io.Serial;

/**
 * The reader of standard output closed it, as {@code head} does. Not an error: the program ends
 * quietly, with the exit code of a program that SIGPIPE ended.
 */
public final class ClosedPipe extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  ClosedPipe(IOException cause) {
    super("standard output is a closed pipe", cause);
  }
}
