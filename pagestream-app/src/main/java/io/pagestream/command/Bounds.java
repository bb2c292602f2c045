package io.pagestream.command;

import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;

/** Bounds of numbers on the command line. */
final class Bounds {
  private Bounds() {}

  /** Returns the value if it is within the inclusive bounds. */
  static int check(String option, int value, int min, int max) {
    if (value < min || value > max) {
      throw PagestreamException.of(
          ErrorCode.USAGE, option + " " + value, "give a number from " + min + " to " + max);
    }
    return value;
  }
}
