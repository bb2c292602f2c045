package io.pagestream.analyzers.volume;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads the fields of LUKS headers: big-endian numbers and texts that NULs fill. */
final class LuksHeader {
  static final String KIND = "luks-header";

  /** Characters of a UUID as text. */
  private static final int UUID_CHARACTERS = 36;

  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private final MemorySegment memory;
  private final int start;

  LuksHeader(MemorySegment memory, int start) {
    this.memory = memory;
    this.start = start;
  }

  int u16(int offset) {
    return u8(offset) << 8 | u8(offset + 1);
  }

  long u32(int offset) {
    return memory.get(INT, start + offset) & 0xffff_ffffL;
  }

  long s64(int offset) {
    return memory.get(LONG, start + offset);
  }

  int u8(int offset) {
    return memory.get(ValueLayout.JAVA_BYTE, start + offset) & 0xff;
  }

  boolean isZero(int offset, int length) {
    for (int i = 0; i < length; i++) {
      if (u8(offset + i) != 0) {
        return false;
      }
    }
    return true;
  }

  /** The printable text of a field, or null if it contains anything else. */
  @Nullable String text(int offset, int length) {
    int end = 0;
    while (end < length && u8(offset + end) != 0) {
      int b = u8(offset + end);
      if (b < ' ' || b > '~') {
        return null;
      }
      end++;
    }
    return end < length && isZero(offset + end, length - end)
        ? new String(
            memory.asSlice(start + offset, end).toArray(ValueLayout.JAVA_BYTE),
            StandardCharsets.US_ASCII)
        : null;
  }

  /** The UUID in a field, or null if it contains anything else. */
  @Nullable String uuid(int offset, int length) {
    String text = text(offset, length);
    return text != null
            && text.length() == UUID_CHARACTERS
            && text.matches("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
        ? text
        : null;
  }
}
