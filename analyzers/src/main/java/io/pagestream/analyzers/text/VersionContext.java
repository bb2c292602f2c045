package io.pagestream.analyzers.text;

import io.pagestream.analyzers.chars.CharView;
import io.pagestream.analyzers.chars.Chars;
import io.pagestream.analyzers.hosts.Ipv4Text;
import java.util.List;

/** Checks whether four numbers between dots are a version, or a section of a document. */
final class VersionContext {
  private static final int MAX_SEPARATORS = 4;
  private static final int MAX_WORD_CHARS = 12;

  /** Smaller numbers: versions and sections. Resolvers and private networks are exceptions. */
  private static final int SMALL = 32;

  private static final int MEDIUM = 100;
  private static final int PRIVATE = 10;

  /** Endings of a word before the number that indicate a version: also "FileVersion". */
  private static final List<String> ENDINGS =
      List.of("version", "release", "revision", "firmware", "build", "upgrade");

  /** The same for whole words. */
  private static final List<String> WORDS =
      List.of(
          "v", "ver", "vers", "rv", "rev", "rel", "nss", "flash", "fw", "driver", "sdk", "oid",
          "section", "rfc", "chapter");

  /** Public resolvers, whose numbers are small. */
  private static final List<String> RESOLVERS =
      List.of("1.0.0.1", "8.8.4.4", "4.2.2.1", "4.2.2.2", "4.2.2.3", "4.2.2.4");

  private VersionContext() {}

  /** Whether the word before {@code from} indicates a version. */
  static boolean isBefore(CharView text, int from) {
    int end = from;
    while (end > from - MAX_SEPARATORS && isSeparator(text.at(end - 1))) {
      end--;
    }
    int word = text.skipBack(end, end - MAX_WORD_CHARS, Chars.LETTER);
    if (word == end) {
      return false;
    }
    for (String ending : ENDINGS) {
      if (text.endsWith(end, ending)) {
        return true;
      }
    }
    for (String whole : WORDS) {
      if (whole.length() == end - word && text.startsWith(word, whole)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether the valid address in {@code [from, to)} looks like a version: its numbers are as small
   * as those of versions. This applies to 1 in 500 random addresses.
   */
  static boolean isLikely(CharView text, int from, int to) {
    int first = -1;
    int most = 0;
    boolean allSame = true;
    for (int i = from; i < to; ) {
      int end = text.skip(i, to, Chars.DIGIT);
      int octet = Ipv4Text.number(text, i, end);
      first = first < 0 ? octet : first;
      most = Math.max(most, octet);
      allSame &= octet == first;
      i = end + 1;
    }
    boolean small = first < PRIVATE ? most < MEDIUM : first != PRIVATE && most < SMALL;
    return small && !allSame && !isResolver(text, from, to);
  }

  private static boolean isResolver(CharView text, int from, int to) {
    for (String resolver : RESOLVERS) {
      if (resolver.length() == to - from && text.startsWith(from, resolver)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSeparator(int character) {
    return switch (character) {
      case ' ', '\t', '=', ':', '"', '\'', '(', '[', '>', '.', '#', 0 -> true;
      default -> false;
    };
  }
}
