package io.pagestream.command;

import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes on the command line: {@code 500m}, {@code 20G}, {@code 1.5t}; a bare number is bytes. */
final class ByteSize {
  private static final Pattern SIZE =
      Pattern.compile("(\\d{1,15})(?:\\.(\\d{1,3}))?\\s*([kmgt]?)(?:i?b)?");
  private static final String UNITS = "kmgt";

  private ByteSize() {}

  /**
   * The number of bytes; units are powers of 1024.
   *
   * @throws PagestreamException {@link ErrorCode#USAGE} if it is not a size, or less than {@code
   *     min}
   */
  static long parse(String option, String text, long min) {
    Matcher size = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!size.matches()) {
      throw wrong(option, text, "is not a size", min);
    }
    double unit = Math.pow(1024, UNITS.indexOf(size.group(3).isEmpty() ? " " : size.group(3)) + 1);
    String fraction = size.group(2) == null ? "0" : size.group(2);
    double bytes = Double.parseDouble(size.group(1) + '.' + fraction) * unit;
    if (bytes < min || bytes > Long.MAX_VALUE / 4.0) {
      throw wrong(option, text, "is out of bounds", min);
    }
    return (long) bytes;
  }

  private static PagestreamException wrong(String option, String text, String what, long min) {
    return PagestreamException.of(
        ErrorCode.USAGE,
        "%s '%s' %s".formatted(option, text, what),
        "give a size such as 500m or 20g, at least %d MiB".formatted(min >> 20));
  }
}
