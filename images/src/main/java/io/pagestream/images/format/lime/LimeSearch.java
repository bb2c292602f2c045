package io.pagestream.images.format.lime;

import io.pagestream.images.source.ImageBytes;
import io.pagestream.images.source.LittleEndian;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Finds the next header of a LiME file if one is missing. Memory may contain data that looks like a
 * header (a LiME file in the page cache), so a header that is confirmed by the data after its range
 * has precedence.
 */
final class LimeSearch {
  private static final int CHUNK = 1 << 20;

  /** Far more ranges than any machine has. */
  private static final int MOST_CHAINED = 1 << 16;

  /** Unit in which disks lose data. */
  private static final int SECTOR = 512;

  /** Prevents quadratic time for a file that consists of headers. */
  private static final long MOST_PASSES = 4;

  private final ImageBytes bytes;
  private final MemorySegment chunk = MemorySegment.ofArray(new byte[CHUNK]);
  private long left;

  LimeSearch(ImageBytes bytes) {
    this.bytes = bytes;
    this.left = MOST_PASSES * bytes.length() + CHUNK;
  }

  /**
   * Whether the first MiB has a header from which on each range is followed by another, up to the
   * end of the file. Raw memory that contains a LiME file has no such chain.
   */
  boolean findsChain() {
    LimeHeader header = confirmed(1, Math.min(CHUNK, bytes.length()));
    for (int count = 0; header != null && count < MOST_CHAINED; count++) {
      if (header.next() == bytes.length()) {
        return true;
      }
      header = LimeHeader.at(bytes, header.next());
    }
    return false;
  }

  /** The first confirmed header that begins in {@code [from, to)}; null if there is none. */
  @Nullable LimeHeader confirmed(long from, long to) {
    return search(from, to, true);
  }

  /** The first confirmed header from an offset on, or else the first one; null without any. */
  @Nullable LimeHeader next(long from) {
    LimeHeader confirmed = search(from, bytes.length(), true);
    return confirmed != null ? confirmed : search(from, bytes.length(), false);
  }

  private @Nullable LimeHeader search(long from, long to, boolean confirmed) {
    long at = from;
    while (at < to && left > 0) {
      long zeros = bytes.zerosFrom(at);
      if (zeros >= LimeHeader.SIZE) {
        at += zeros - LimeHeader.SIZE + 1; // a header may begin in the last bytes
        continue;
      }
      long size = bytes.read(at, chunk);
      left -= Math.max(SECTOR, size);
      if (size < LimeHeader.SIZE) {
        at = size < bytes.length() - at ? (at / SECTOR + 1) * SECTOR : to;
        continue;
      }
      for (int i = 0; i + LimeHeader.SIZE <= size && at + i < to; i++) {
        LimeHeader found = at(i, at + i);
        if (found != null && (!confirmed || found.isConfirmed(bytes))) {
          return found;
        }
      }
      at += size - LimeHeader.SIZE + 1;
    }
    return null;
  }

  private @Nullable LimeHeader at(int index, long offset) {
    if (LittleEndian.i32(chunk, index) != LimeFormat.MAGIC) {
      return null;
    }
    LimeHeader header = LimeHeader.of(chunk, index, offset);
    return header != null && header.reservedIsZero() ? header : null;
  }
}
