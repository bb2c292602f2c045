package io.pagestream.analyzers.network;

import io.pagestream.analyzers.api.Window;
import io.pagestream.schemas.page.Pages;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The bytes of a window that this analyzer may use, copied to the heap. Offsets count from the
 * first copied byte. Numbers are in network byte order. Reading beyond {@link #limit()} is a bug in
 * the caller; up to {@link #PADDING} bytes there are zero.
 */
final class NetworkBytes {
  /** Zero bytes after the last visible byte. */
  static final int PADDING = 16;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes = new byte[0];
  private int limit;
  private int inPage;
  private boolean paged;
  private int ownStart;
  private int ownEnd;

  /**
   * Copies the bytes of a window.
   *
   * @param behind bytes before its own part
   * @param ahead bytes after its own part
   * @return offset in the window of the first copied byte
   */
  int copy(Window window, int behind, int ahead) {
    int from = Math.max(0, window.ownStart() - behind);
    int to = (int) Math.min(window.limit(), (long) window.ownEnd() + ahead);
    limit = to - from;
    ownStart = window.ownStart() - from;
    ownEnd = window.ownEnd() - from;
    paged = window.start().isMemory();
    inPage = (int) (window.alignmentOf(from) & (Pages.SIZE - 1));
    if (bytes.length < limit + PADDING) {
      bytes = new byte[limit + PADDING];
    }
    MemorySegment.copy(window.bytes(), ValueLayout.JAVA_BYTE, from, bytes, 0, limit);
    Arrays.fill(bytes, limit, limit + PADDING, (byte) 0);
    return from;
  }

  /** The array, for the filter. */
  byte[] array() {
    return bytes;
  }

  /** Offset after the last visible byte. */
  int limit() {
    return limit;
  }

  /** Offset of the first byte at which an artifact of this window may start. */
  int ownStart() {
    return ownStart;
  }

  /** Offset after the last byte at which an artifact of this window may start. */
  int ownEnd() {
    return ownEnd;
  }

  /** Whether an artifact that starts here belongs to this window. */
  boolean owns(int offset) {
    return offset >= ownStart && offset < ownEnd;
  }

  /** Whether {@code length} bytes from {@code offset} on are visible. */
  boolean has(int offset, int length) {
    return offset >= 0 && offset <= limit - length;
  }

  /** Index of a byte's page, counted from that of the first byte. */
  int page(int offset) {
    return (inPage + offset) / Pages.SIZE;
  }

  /** Offset after the last visible byte of a byte's page; decoded bytes are all in one. */
  int pageEnd(int offset) {
    return paged ? Math.min(limit, (page(offset) + 1) * Pages.SIZE - inPage) : limit;
  }

  int u8(int offset) {
    return bytes[offset] & 0xff;
  }

  int u16(int offset) {
    return (u8(offset) << 8) | u8(offset + 1);
  }

  int u24(int offset) {
    return (u8(offset) << 16) | u16(offset + 1);
  }

  long u32(int offset) {
    return ((long) u16(offset) << 16) | u16(offset + 2);
  }

  boolean isZero(int offset, int length) {
    for (int i = 0; i < length; i++) {
      if (bytes[offset + i] != 0) {
        return false;
      }
    }
    return true;
  }

  boolean equal(int offset, int other, int length) {
    return Arrays.equals(bytes, offset, offset + length, bytes, other, other + length);
  }

  String ascii(int offset, int length) {
    return new String(bytes, offset, length, StandardCharsets.US_ASCII);
  }

  /** One character for each byte. */
  String latin1(int offset, int length) {
    return new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
  }

  /** Lower-case hex digits. */
  String hex(int offset, int length) {
    return HexFormat.of().formatHex(bytes, offset, offset + length);
  }

  /** Six bytes as a MAC address. */
  String mac(int offset) {
    return HexFormat.ofDelimiter(":").formatHex(bytes, offset, offset + 6);
  }

  /** Eight bytes, the first in the lowest bits. */
  static long eight(byte[] bytes, int offset) {
    return (long) LONG.get(bytes, offset);
  }
}
