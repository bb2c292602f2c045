package io.pagestream.images.memory;

import io.pagestream.schemas.page.Pages;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Detects pages that contain only zeros. */
public final class ZeroPages {
  private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG_UNALIGNED;

  /** Words that are compared together; most non-zero pages differ in the first of them. */
  private static final int STRIDE_BYTES = 64;

  private ZeroPages() {}

  /** Whether the page at a byte offset of a segment contains only zeros. */
  public static boolean isZero(MemorySegment memory, long offset) {
    for (long at = offset; at < offset + Pages.SIZE; at += STRIDE_BYTES) {
      long any =
          memory.get(WORD, at)
              | memory.get(WORD, at + 8)
              | memory.get(WORD, at + 16)
              | memory.get(WORD, at + 24)
              | memory.get(WORD, at + 32)
              | memory.get(WORD, at + 40)
              | memory.get(WORD, at + 48)
              | memory.get(WORD, at + 56);
      if (any != 0) {
        return false;
      }
    }
    return true;
  }
}
