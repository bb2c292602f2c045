package io.pagestream.images.format.qemu;

import io.pagestream.images.source.BigEndian;
import io.pagestream.images.source.ImageBytes;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/** A stretch of the stream in memory, which follows a reader that mostly goes forward. */
final class StreamWindow {
  /** Largest number of bytes that one call may need: a section header with the longest name. */
  static final int LONGEST = 1024;

  private static final int CAPACITY = 1 << 17;

  private final ImageBytes bytes;
  private final MemorySegment segment = MemorySegment.ofArray(new byte[CAPACITY]);
  private long start;
  private long end;

  StreamWindow(ImageBytes bytes) {
    this.bytes = bytes;
  }

  /** Whether {@code [offset, offset + size)} can be read; size is at most {@link #LONGEST}. */
  boolean has(long offset, int size) {
    if (offset >= start && offset + size <= end) {
      return true;
    }
    if (!bytes.contains(offset, size)) {
      return false;
    }
    start = offset;
    end = offset + bytes.read(offset, segment);
    return offset + size <= end;
  }

  /** The byte at an offset, or -1 if it cannot be read. */
  int u8(long offset) {
    return has(offset, 1) ? segment.get(ValueLayout.JAVA_BYTE, offset - start) & 0xff : -1;
  }

  /** Unsigned 16-bit integer, which the caller has checked to be readable. */
  int u16(long offset) {
    return BigEndian.u16(segment, offset - start);
  }

  /** Unsigned 32-bit integer, which the caller has checked to be readable. */
  long u32(long offset) {
    return BigEndian.u32(segment, offset - start);
  }

  /** Signed 64-bit integer, which the caller has checked to be readable. */
  long i64(long offset) {
    return BigEndian.i64(segment, offset - start);
  }

  /** Characters (ISO 8859-1), which the caller has checked to be readable. */
  String text(long offset, int size) {
    byte[] text = segment.asSlice(offset - start, size).toArray(ValueLayout.JAVA_BYTE);
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  /** The first byte with a value in {@code [from, to)}, or -1; unreadable bytes have none. */
  long find(int value, long from, long to) {
    long at = from;
    while (at < to) {
      if (!has(at, 1)) {
        at = (at / 512 + 1) * 512;
        continue;
      }
      long stop = Math.min(end, to);
      for (; at < stop; at++) {
        if ((segment.get(ValueLayout.JAVA_BYTE, at - start) & 0xff) == value) {
          return at;
        }
      }
    }
    return -1;
  }
}
