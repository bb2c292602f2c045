package io.pagestream.analyzers.hosts;

import io.pagestream.analyzers.chars.CharView;
import io.pagestream.analyzers.chars.Chars;

/** The form of host names: RFC 1123, section 2.1, and RFC 1035, section 2.3.4. */
public final class HostName {
  public static final int MAX_CHARS = 253;
  private static final int MAX_LABEL_CHARS = 63;

  private HostName() {}

  /**
   * Whether {@code [from, to)} is a sequence of labels between single dots.
   *
   * @param labelClasses the characters of a label; it begins and ends only with letters, digits
   *     and, if these classes contain it, an underscore
   */
  public static boolean isValid(CharView text, int from, int to, int labelClasses) {
    int edge = labelClasses & ~Chars.HYPHEN;
    int label = from;
    while (label < to) {
      int end = text.skip(label, to, labelClasses);
      if (end == label
          || end - label > MAX_LABEL_CHARS
          || !text.is(label, edge)
          || !text.is(end - 1, edge)) {
        return false;
      }
      if (end == to) {
        return to - from <= MAX_CHARS;
      }
      if (!text.is(end, Chars.DOT)) {
        return false;
      }
      label = end + 1;
    }
    return false;
  }

  /**
   * End of a host without the beginning of the next element of DER, which after a string is usually
   * {@code 0} or {@code 1} and a length. Lengths that are digits or letters look like a part of the
   * host; what follows them does not look like text.
   */
  public static int withoutNextElement(CharView text, int from, int to) {
    int last = lastLabel(text, from, to);
    if (last <= from) {
      return to;
    }
    if (isElement(text, last, to - 1) && isLength(text.at(to))) {
      return to - 1;
    }
    boolean binary = text.at(to) > 0 && text.at(to) < ' ' && isLength(text.at(to));
    return binary && isElement(text, last, to - 2) && !TopLevelDomains.contains(text, last, to)
        ? to - 2
        : to;
  }

  /** Whether a top-level domain ends where a sequence or a set begins. */
  private static boolean isElement(CharView text, int last, int element) {
    return element > last
        && (text.at(element) == '0' || text.at(element) == '1')
        && text.skip(last, element, Chars.LOWER) == element
        && TopLevelDomains.contains(text, last, element);
  }

  private static boolean isLength(int character) {
    return switch (character) {
      case CharView.NONE, 0, ' ', '\t', '\n', '\r', '"', '\'', '/', ':', '.', ',' -> false;
      default -> true;
    };
  }

  /** Start of the last label; {@code from} if there is only one. */
  public static int lastLabel(CharView text, int from, int to) {
    return text.skipBack(to, from, Chars.LABEL | Chars.UNDERSCORE);
  }
}
