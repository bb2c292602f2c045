package io.pagestream.images.writing;

import io.pagestream.images.interval.Intervals;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.page.Pages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Writes one bit for each page frame, beginning with the lowest bit of the first byte. */
public final class FrameBitmapWriter {
  private static final int CHUNK_BYTES = 1 << 16;

  /** 1 GiB, for memory up to 32 TiB. */
  private static final long MOST_BYTES = 1L << 30;

  private FrameBitmapWriter() {}

  /**
   * Writes a bitmap.
   *
   * @param memory sets the bits, in bytes of physical addresses
   * @param size length of the bitmap, in bytes
   * @param offset its offset in the file
   * @throws PagestreamException FORMAT_UNSUPPORTED if the bitmap would be longer than 1 GiB
   */
  public static void write(Intervals memory, long size, long offset, ImageOutput output)
      throws IOException {
    if (size > MOST_BYTES) {
      throw PagestreamException.of(
          ErrorCode.FORMAT_UNSUPPORTED,
          "memory up to address 0x%x needs a bitmap of %,d MiB"
              .formatted(memory.end(memory.size() - 1), size >> 20),
          "choose a format without a bitmap, such as lime or elf");
    }
    byte[] chunk = new byte[CHUNK_BYTES];
    for (long at = 0; at < size; at += CHUNK_BYTES) {
      int length = (int) Math.min(CHUNK_BYTES, size - at);
      long first = 8 * at;
      long end = first + 8L * length;
      Arrays.fill(chunk, (byte) 0);
      int i = memory.firstAfter(Pages.address(first));
      for (; i < memory.size() && Pages.frameNumber(memory.start(i)) < end; i++) {
        long from = Math.max(first, Pages.frameNumber(memory.start(i)));
        long to = Math.min(end, Pages.frameNumber(memory.end(i)));
        set(chunk, (int) (from - first), (int) (to - first));
      }
      output.write(offset + at, ByteBuffer.wrap(chunk, 0, length));
    }
  }

  private static void set(byte[] bits, int from, int to) {
    int bit = from;
    for (; bit < to && (bit & 7) != 0; bit++) {
      bits[bit >> 3] |= (byte) (1 << (bit & 7));
    }
    int whole = Math.max(bit, to & ~7);
    Arrays.fill(bits, bit >> 3, whole >> 3, (byte) 0xff);
    for (bit = whole; bit < to; bit++) {
      bits[bit >> 3] |= (byte) (1 << (bit & 7));
    }
  }
}
