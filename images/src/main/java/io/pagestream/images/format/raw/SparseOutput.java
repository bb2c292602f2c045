package io.pagestream.images.format.raw;

import io.pagestream.images.memory.ZeroPages;
import io.pagestream.images.writing.ImageOutput;
import io.pagestream.schemas.page.Pages;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** Writes pages, and leaves holes where they are zero. */
final class SparseOutput {
  private SparseOutput() {}

  /** Writes whole pages at an offset, but not those that are zero. */
  static void write(ImageOutput output, long offset, MemorySegment pages) throws IOException {
    long size = pages.byteSize();
    long from = 0;
    for (long at = 0; at <= size; at += Pages.SIZE) {
      if (at == size || ZeroPages.isZero(pages, at)) {
        if (at > from) {
          output.write(offset + from, pages.asSlice(from, at - from));
        }
        from = at + Pages.SIZE;
      }
    }
  }
}
