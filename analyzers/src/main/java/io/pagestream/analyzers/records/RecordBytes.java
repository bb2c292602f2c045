package io.pagestream.analyzers.records;

import io.pagestream.analyzers.api.Window;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The bytes around the start of a possible record, limited to those that a decision may use.
 * Offsets count from the record's first byte and are negative before it; numbers are little-endian.
 * Call {@link #has} before reading: a read outside of the window throws {@link
 * IndexOutOfBoundsException}.
 */
public final class RecordBytes {
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private MemorySegment bytes = MemorySegment.NULL;
  private int start;
  private int behind;
  private int size;
  private long alignment;

  /**
   * Shows a record in a window.
   *
   * @param start offset of its first byte in the window
   * @param lookBehind maximum number of bytes before it
   * @param lookAhead maximum number of bytes from it on
   */
  void show(Window window, int start, int lookBehind, int lookAhead) {
    this.bytes = window.bytes();
    this.start = start;
    this.behind = Math.min(start, lookBehind);
    this.size = Math.min(window.limit() - start, lookAhead);
    this.alignment = window.alignmentOf(start);
  }

  /** Shows {@code length} bytes of an array, for a record that was copied and repaired. */
  public void show(byte[] copy, int length) {
    bytes = MemorySegment.ofArray(copy);
    start = 0;
    behind = 0;
    size = length;
    alignment = 0;
  }

  /** Number of visible bytes from the record's first byte on. */
  public int size() {
    return size;
  }

  /** Whether {@code length} bytes from {@code offset} on are visible. */
  public boolean has(int offset, int length) {
    return offset >= -behind && length >= 0 && offset <= size - length;
  }

  /** Distance of the record's first byte from the previous multiple of {@code unit}. */
  public int misalignment(int unit) {
    return (int) (alignment % unit);
  }

  /** The byte at {@code offset}, 0 to 255. */
  public int u8(int offset) {
    return bytes.get(ValueLayout.JAVA_BYTE, (long) start + offset) & 0xff;
  }

  /** The 16-bit number at {@code offset}. */
  public int u16(int offset) {
    return bytes.get(SHORT, (long) start + offset) & 0xffff;
  }

  /** The signed 32-bit number at {@code offset}. */
  public int s32(int offset) {
    return bytes.get(INT, (long) start + offset);
  }

  /** The 32-bit number at {@code offset}. */
  public long u32(int offset) {
    return s32(offset) & 0xffff_ffffL;
  }

  /** The 64-bit number at {@code offset}; negative if it is 2^63 or more. */
  public long s64(int offset) {
    return bytes.get(LONG, (long) start + offset);
  }

  /** Whether {@code length} bytes from {@code offset} on are zero. */
  public boolean isZero(int offset, int length) {
    for (int i = 0; i < length; i++) {
      if (u8(offset + i) != 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether these ASCII characters are visible at {@code offset}. */
  public boolean hasText(int offset, String expected) {
    if (!has(offset, expected.length())) {
      return false;
    }
    for (int i = 0; i < expected.length(); i++) {
      if (u8(offset + i) != expected.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Length of the text that begins at {@code offset} and ends before a NUL byte.
   *
   * @return -1 if a byte is neither printable ASCII nor above 127, or if there is no NUL byte among
   *     the {@code max} bytes
   */
  public int textLength(int offset, int max) {
    for (int i = 0; i < max && has(offset + i, 1); i++) {
      int next = u8(offset + i);
      if (next == 0) {
        return i;
      }
      if (next < ' ' || next == 0x7f) {
        return -1;
      }
    }
    return -1;
  }

  /** {@code length} bytes as UTF-8; malformed bytes become U+FFFD. */
  public String utf8(int offset, int length) {
    return new String(copy(offset, length), StandardCharsets.UTF_8);
  }

  /** {@code length} bytes as ISO 8859-1. */
  public String latin1(int offset, int length) {
    return new String(copy(offset, length), StandardCharsets.ISO_8859_1);
  }

  /** {@code chars} UTF-16LE code units; unpaired surrogates become U+FFFD. */
  public String utf16(int offset, int chars) {
    return new String(copy(offset, 2 * chars), StandardCharsets.UTF_16LE);
  }

  /** Number of UTF-16 code units before the first NUL, at most {@code max}. */
  public int utf16Length(int offset, int max) {
    int chars = 0;
    while (chars < max && has(offset + 2 * chars, 2) && u16(offset + 2 * chars) != 0) {
      chars++;
    }
    return chars;
  }

  /** Whether none of the UTF-16 code units is a control character. */
  public boolean isUtf16Text(int offset, int chars) {
    for (int i = 0; i < chars; i++) {
      int next = u16(offset + 2 * i);
      if (next < ' ' || next == 0x7f || next >= 0xfffe) {
        return false;
      }
    }
    return true;
  }

  /** A GUID as text, its first three fields little-endian. */
  public String guid(int offset) {
    return "%08x-%04x-%04x-%02x%02x-%02x%02x%02x%02x%02x%02x"
        .formatted(
            u32(offset),
            u16(offset + 4),
            u16(offset + 6),
            u8(offset + 8),
            u8(offset + 9),
            u8(offset + 10),
            u8(offset + 11),
            u8(offset + 12),
            u8(offset + 13),
            u8(offset + 14),
            u8(offset + 15));
  }

  /** Copies bytes into an array, from its first element on. */
  public void copyTo(byte[] array, int offset, int length) {
    MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, (long) start + offset, array, 0, length);
  }

  private byte[] copy(int offset, int length) {
    byte[] copy = new byte[length];
    copyTo(copy, offset, length);
    return copy;
  }
}
