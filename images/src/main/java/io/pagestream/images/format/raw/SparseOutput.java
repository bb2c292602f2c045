package io.pagestream.images.format.raw;

import io.pagestream.images.writing.ImageOutput;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Writes pages, and leaves holes where they are zero. */
final class SparseOutput {
  private SparseOutput() {}

  /** Writes bytes at an offset, unless all of them are zero. */
  static void write(ImageOutput output, long offset, MemorySegment bytes) throws IOException {
    if (!isZero(bytes)) {
      output.write(offset, bytes);
    }
  }

  /** Memory equals itself shifted by one byte only if all its bytes are the same. */
  private static boolean isZero(MemorySegment bytes) {
    long size = bytes.byteSize();
    return bytes.get(ValueLayout.JAVA_BYTE, 0) == 0
        && MemorySegment.mismatch(bytes, 0, size - 1, bytes, 1, size) < 0;
  }
}
