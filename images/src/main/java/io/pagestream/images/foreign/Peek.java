package io.pagestream.images.foreign;

import io.pagestream.images.source.ImageBytes;
import io.pagestream.images.source.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/**
 * The beginning and the end of a file, for signatures. Bytes beyond the file read as zeros, so
 * signatures do not need to check lengths.
 */
final class Peek {
  /** The superblock of btrfs, at 64 KiB, is the last position that is checked. */
  static final int HEAD = 68 << 10;

  /** Footers of disk images: VHD and DMG have theirs in the last sector. */
  static final int TAIL = 512;

  private final long length;
  private final MemorySegment head = MemorySegment.ofArray(new byte[HEAD]);
  private final MemorySegment tail = MemorySegment.ofArray(new byte[TAIL]);
  private final int headLength;

  Peek(ImageBytes bytes) {
    this.length = bytes.length();
    this.headLength = (int) bytes.read(0, head.asSlice(0, Math.min(HEAD, length)));
    if (length >= TAIL) {
      bytes.read(length - TAIL, tail);
    }
  }

  /** Length of the file, in bytes. */
  long length() {
    return length;
  }

  /** Whether the file has these characters (ISO 8859-1) at an offset of its head. */
  boolean has(int offset, String text) {
    return has(head, offset, text);
  }

  /** Whether the last 512 bytes of the file have these characters at an offset. */
  boolean endsWith(int offset, String text) {
    return has(tail, offset, text);
  }

  private static boolean has(MemorySegment bytes, int offset, String text) {
    byte[] wanted = text.getBytes(StandardCharsets.ISO_8859_1);
    return bytes.asSlice(offset, wanted.length).mismatch(MemorySegment.ofArray(wanted)) == -1;
  }

  int u8(int offset) {
    return head.get(ValueLayout.JAVA_BYTE, offset) & 0xff;
  }

  int u16(int offset) {
    return LittleEndian.u16(head, offset);
  }

  long u32(int offset) {
    return LittleEndian.u32(head, offset);
  }

  long u64(int offset) {
    return LittleEndian.i64(head, offset);
  }

  /** Whether all bytes of {@code [from, to)} are zero. */
  boolean isZero(int from, int to) {
    for (int i = from; i < to; i++) {
      if (u8(i) != 0) {
        return false;
      }
    }
    return true;
  }

  /** Number of bytes that could be read from the beginning. */
  int headLength() {
    return headLength;
  }

  /** The bytes from the beginning that could be read. */
  byte[] headBytes() {
    return head.asSlice(0, headLength).toArray(ValueLayout.JAVA_BYTE);
  }
}
