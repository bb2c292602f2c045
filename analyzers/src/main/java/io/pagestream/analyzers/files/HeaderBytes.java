package io.pagestream.analyzers.files;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The bytes from the start of a possible file on, limited to those that a decision may use. Offsets
 * count from its first byte. Reading beyond {@link #size()} is a bug in the caller, which may
 * return other bytes but never bytes outside of the buffer.
 */
final class HeaderBytes {
  private static final VarHandle INT_LE = view(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT_BE = view(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG_LE = view(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG_BE = view(long[].class, ByteOrder.BIG_ENDIAN);

  private byte[] bytes = new byte[0];
  private int start;
  private int size;
  private int inPage;

  private static VarHandle view(Class<?> array, ByteOrder order) {
    return MethodHandles.byteArrayViewVarHandle(array, order);
  }

  /**
   * Shows the bytes from {@code start} on.
   *
   * @param limit offset in {@code bytes} after the last visible byte
   * @param pageEnd offset in {@code bytes} after the last byte of the first one's page
   */
  void show(byte[] bytes, int start, int limit, int pageEnd) {
    this.bytes = bytes;
    this.start = start;
    this.size = limit - start;
    this.inPage = Math.min(size, pageEnd - start);
  }

  /** Number of visible bytes. */
  int size() {
    return size;
  }

  /** Number of visible bytes in the same page as the first. */
  int inPage() {
    return inPage;
  }

  /** Whether {@code length} bytes from {@code offset} on are visible. */
  boolean has(int offset, int length) {
    return offset >= 0 && offset <= size - length;
  }

  int u8(int offset) {
    return bytes[start + offset] & 0xff;
  }

  int u16le(int offset) {
    return u8(offset) | u8(offset + 1) << 8;
  }

  int u16be(int offset) {
    return u8(offset) << 8 | u8(offset + 1);
  }

  long u32le(int offset) {
    return (int) INT_LE.get(bytes, start + offset) & 0xffff_ffffL;
  }

  long u32be(int offset) {
    return (int) INT_BE.get(bytes, start + offset) & 0xffff_ffffL;
  }

  /** A 64-bit number; negative when above 2^63. */
  long s64le(int offset) {
    return (long) LONG_LE.get(bytes, start + offset);
  }

  /** A 64-bit number; negative when above 2^63. */
  long s64be(int offset) {
    return (long) LONG_BE.get(bytes, start + offset);
  }

  boolean startsWith(int offset, byte[] expected) {
    if (!has(offset, expected.length)) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if (bytes[start + offset + i] != expected[i]) {
        return false;
      }
    }
    return true;
  }

  boolean isZero(int offset, int length) {
    for (int i = 0; i < length; i++) {
      if (bytes[start + offset + i] != 0) {
        return false;
      }
    }
    return true;
  }

  String ascii(int offset, int length) {
    return new String(bytes, start + offset, length, StandardCharsets.US_ASCII);
  }

  /** A copy of bytes that are visible. */
  byte[] copy(int offset, int length) {
    return Arrays.copyOfRange(bytes, start + offset, start + offset + length);
  }

  /** A number of two, four or eight bytes in either order. */
  long number(int offset, int length, boolean bigEndian) {
    return switch (length) {
      case 2 -> bigEndian ? u16be(offset) : u16le(offset);
      case 4 -> bigEndian ? u32be(offset) : u32le(offset);
      default -> bigEndian ? s64be(offset) : s64le(offset);
    };
  }

  /**
   * A text of printable ASCII characters that ends with a zero byte.
   *
   * @param mostBytes maximum length without the zero byte
   * @return null if it is not printable, empty, or longer
   */
  @Nullable String printable(long offset, int mostBytes) {
    if (offset < 0 || offset >= size) {
      return null;
    }
    int from = (int) offset;
    int end = Math.min(size, from + mostBytes + 1);
    int at = from;
    while (at < end && u8(at) >= ' ' && u8(at) < 0x7f) {
      at++;
    }
    return at < end && at > from && u8(at) == 0 ? ascii(from, at - from) : null;
  }

  /** CRC-32 (IEEE 802.3) of bytes that are visible. */
  long crc32(int offset, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, start + offset, length);
    return crc.getValue();
  }

  /** The underlying array, for decoders that require one. */
  byte[] array() {
    return bytes;
  }

  /** Offset in {@link #array()}. */
  int arrayOffset(int offset) {
    return start + offset;
  }
}
