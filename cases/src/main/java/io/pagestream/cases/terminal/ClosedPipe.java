package io.pagestream.cases.terminal;

import java.io.IOException;
import java.io.Serial;

/**
 * The reader of standard output has closed it, as {@code head} does. This is not an error: the
 * program ends silently, with the exit code of a program that was ended by SIGPIPE.
 */
public final class ClosedPipe extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  ClosedPipe(IOException cause) {
    super("standard output is a closed pipe", cause);
  }
}
