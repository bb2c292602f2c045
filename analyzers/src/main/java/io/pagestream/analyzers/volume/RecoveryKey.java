package io.pagestream.analyzers.volume;

import io.pagestream.analyzers.api.Encoding;
import io.pagestream.analyzers.api.FindingSink;
import io.pagestream.analyzers.api.Window;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * BitLocker's recovery keys ("numerical password"): eight groups of six digits, joined by hyphens,
 * in ASCII or UTF-16LE. Each group is 11 times a number of 16 bits, so it is divisible by 11 and
 * less than 720,896; random digits satisfy this in one of 3 * 10^9 cases. At least four numbers
 * must be different, so that placeholders are not keys.
 */
final class RecoveryKey {
  static final String KIND = "bitlocker-recovery-key";

  /** Ends after the fourth group's first digit. */
  static final String ASCII = "[0-9]{6}-[0-9]{6}-[0-9]{6}-[0-9]";

  /** Ends after the third group's first digit. */
  static final String UTF_16LE = "(?:[0-9]\\x00){6}-\\x00(?:[0-9]\\x00){6}-\\x00[0-9]";

  private static final int GROUPS = 8;
  private static final int GROUP = 6;
  private static final int CHARACTERS = GROUPS * (GROUP + 1) - 1;
  private static final int DIVISOR = 11;
  private static final int LIMIT = DIVISOR << 16;
  private static final int MIN_DIFFERENT = 4;

  /** Bytes of a key and of the character after it. */
  static final int MAX_BYTES = 2 * (CHARACTERS + 1);

  /** Bytes of the character before a key. */
  static final int BEFORE = 2;

  private RecoveryKey() {}

  /** Reports the key whose anchor ends at an offset. */
  static void find(Window window, int anchorEnd, boolean wide, FindingSink findings) {
    int width = wide ? 2 : 1;
    int start = wide ? anchorEnd - 1 - 2 * width * (GROUP + 1) : anchorEnd - 1 - 3 * (GROUP + 1);
    int end = start + width * CHARACTERS;
    if (!window.owns(start) || end > window.limit()) {
      return;
    }
    MemorySegment memory = window.bytes();
    if (start >= width && belongs(character(memory, start - width, width))) {
      return;
    }
    if (end + width <= window.limit() && belongs(character(memory, end, width))) {
      return;
    }
    StringBuilder text = new StringBuilder(CHARACTERS);
    Set<Integer> different = new HashSet<>();
    for (int group = 0; group < GROUPS; group++) {
      int at = start + group * width * (GROUP + 1);
      int number = number(memory, at, width);
      boolean joined = group == GROUPS - 1 || character(memory, at + GROUP * width, width) == '-';
      if (number < 0 || number >= LIMIT || number % DIVISOR != 0 || !joined) {
        return;
      }
      different.add(number);
      text.append(group == 0 ? "" : "-").append("%06d".formatted(number));
    }
    if (different.size() >= MIN_DIFFERENT) {
      findings.found(
          KIND,
          start,
          end - start,
          text.toString(),
          wide ? Encoding.UTF_16LE : Encoding.ASCII,
          Map.of());
    }
  }

  private static boolean belongs(int character) {
    return (character >= '0' && character <= '9') || character == '-';
  }

  /** The number of six digits at an offset, or -1. */
  private static int number(MemorySegment memory, int at, int width) {
    int number = 0;
    for (int i = 0; i < GROUP; i++) {
      int digit = character(memory, at + i * width, width) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = 10 * number + digit;
    }
    return number;
  }

  private static int character(MemorySegment memory, int offset, int width) {
    int low = memory.get(ValueLayout.JAVA_BYTE, offset) & 0xff;
    return width == 1 ? low : low | (memory.get(ValueLayout.JAVA_BYTE, offset + 1) & 0xff) << 8;
  }
}
