package io.pagestream.dashboard.query;

import java.io.Serial;

/**
 * An invalid request. The message describes the problem and repeats only the name of a parameter.
 */
public final class BadQuestion extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /** An invalid request. */
  public BadQuestion(String message) {
    super(message, null, false, false);
  }
}
