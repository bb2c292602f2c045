package io.pagestream.dashboard.query;

import java.io.Serial;

/**
 * A client asked for what cannot be; the message says what, and repeats nothing but a parameter's
 * name.
 */
public final class BadQuestion extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /** A question that is wrong. */
  public BadQuestion(String message) {
    super(message, null, false, false);
  }
}
