package io.pagestream.images.format.lime;

import io.pagestream.images.source.ImageBytes;
import io.pagestream.images.source.LittleEndian;
import io.pagestream.schemas.page.Pages;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * A LiME header, as described in {@link LimeFormat}.
 *
 * @param offset its offset in the file
 * @param start first address
 * @param end address after the last byte
 * @param reservedIsZero whether the reserved bytes are zero, as all writers leave them
 */
record LimeHeader(long offset, long start, long end, boolean reservedIsZero) {
  static final int SIZE = 32;
  static final int VERSION = 1;

  /** The header at an offset, or null if there is no plausible one. */
  static @Nullable LimeHeader at(ImageBytes bytes, long offset) {
    MemorySegment header = MemorySegment.ofArray(new byte[SIZE]);
    if (bytes.read(offset, header) != SIZE) {
      return null;
    }
    return of(header, 0, offset);
  }

  /** The header in a buffer, or null if there is no plausible one. */
  static @Nullable LimeHeader of(MemorySegment buffer, long at, long offset) {
    if (LittleEndian.i32(buffer, at) != LimeFormat.MAGIC
        || LittleEndian.i32(buffer, at + 4) != VERSION) {
      return null;
    }
    long start = LittleEndian.i64(buffer, at + 8);
    long last = LittleEndian.i64(buffer, at + 16);
    return start < 0 || last < start || last >= Pages.ADDRESS_LIMIT
        ? null
        : new LimeHeader(offset, start, last + 1, LittleEndian.i64(buffer, at + 24) == 0);
  }

  /**
   * First address of a range whose header is damaged, if its magic or its version is intact; -1 if
   * nothing can be said.
   */
  static long startNamedBy(ImageBytes bytes, long offset) {
    MemorySegment header = MemorySegment.ofArray(new byte[SIZE]);
    if (bytes.read(offset, header) != SIZE) {
      return -1;
    }
    boolean known =
        LittleEndian.i32(header, 0) == LimeFormat.MAGIC || LittleEndian.i32(header, 4) == VERSION;
    long start = LittleEndian.i64(header, 8);
    return known && start >= 0 && start < Pages.ADDRESS_LIMIT ? start : -1;
  }

  /** Offset of the range's first byte in the file. */
  long data() {
    return offset + SIZE;
  }

  /** Length of the range, in bytes. */
  long length() {
    return end - start;
  }

  /** Offset after the range's last byte: that of the next header, or the file's end. */
  long next() {
    return data() + length();
  }

  /**
   * Whether the file matches this header: the file ends after its range, or another header follows.
   */
  boolean isConfirmed(ImageBytes bytes) {
    return next() == bytes.length() || (next() < bytes.length() && at(bytes, next()) != null);
  }
}
