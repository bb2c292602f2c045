package io.pagestream.images.format.hiberfil;

import io.pagestream.images.source.ImageBytes;
import io.pagestream.images.source.LittleEndian;
import io.pagestream.schemas.page.Pages;
import java.lang.foreign.MemorySegment;

/**
 * A compression set of Windows 8 and later: u32 with the number of descriptors (bits 0 to 7), the
 * length of the data (bits 8 to 29) and the method (bits 30 and 31: 0 and 1 plain Xpress, 2 and 3
 * with Huffman codes); the descriptors, u64 or on 32-bit systems u32: the number of pages minus 1
 * (bits 0 to 3) and the first frame; and the data. Data as long as its pages is not compressed.
 * Sources: LeechCore's {@code device_hibr.c}; Sylve, Marziale, Richard, "Modern Windows hibernation
 * file analysis".
 */
final class CompressionSet {
  static final int MOST_DESCRIPTORS = 16;
  private static final int MOST_HEAD = 4 + 8 * MOST_DESCRIPTORS;
  private static final long FRAME_LIMIT = Pages.frameNumber(Pages.ADDRESS_LIMIT);

  private final ImageBytes bytes;
  private final boolean wide;
  private final MemorySegment head = MemorySegment.ofArray(new byte[MOST_HEAD]);
  private final long[] frames = new long[MOST_DESCRIPTORS];
  private final int[] counts = new int[MOST_DESCRIPTORS];
  private int descriptors;
  private int pages;
  private int dataBytes;
  private int method;
  private long offset;

  /**
   * For the sets of a file.
   *
   * @param wide whether descriptors are u64
   */
  CompressionSet(ImageBytes bytes, boolean wide) {
    this.bytes = bytes;
    this.wide = wide;
  }

  /** Reads the set at an offset; returns false if there is no possible one. */
  boolean read(long at) {
    long there = at < 0 ? 0 : bytes.read(at, head);
    if (there < 4) {
      return false;
    }
    int word = LittleEndian.i32(head, 0);
    descriptors = word & 0xff;
    dataBytes = word >>> 8 & 0x3fffff;
    method = word >>> 30;
    offset = at;
    boolean possible =
        descriptors > 0
            && descriptors <= MOST_DESCRIPTORS
            && dataBytes > 0
            && there >= headBytes()
            && readDescriptors();
    return possible && dataBytes <= Pages.address(pages);
  }

  private boolean readDescriptors() {
    pages = 0;
    for (int i = 0; i < descriptors; i++) {
      long descriptor =
          wide ? LittleEndian.i64(head, 4 + 8L * i) : LittleEndian.u32(head, 4 + 4L * i);
      frames[i] = descriptor >>> 4;
      counts[i] = (int) (descriptor & 15) + 1;
      pages += counts[i];
      if (frames[i] > FRAME_LIMIT - counts[i]) {
        return false;
      }
    }
    return pages <= StoredPages.MOST_BLOCK_PAGES;
  }

  private int headBytes() {
    return 4 + (wide ? 8 : 4) * descriptors;
  }

  /** Whether all of its data is in the file. */
  boolean isComplete() {
    return bytes.contains(dataOffset(), dataBytes);
  }

  /** Its pages. */
  int pages() {
    return pages;
  }

  /** Offset of its data. */
  long dataOffset() {
    return offset + headBytes();
  }

  /** Offset after it. */
  long endOffset() {
    return dataOffset() + dataBytes;
  }

  /** Adds its pages. */
  void addTo(StoredPages stored) {
    Compression compression =
        dataBytes == Pages.address(pages)
            ? Compression.STORED
            : method < 2 ? Compression.XPRESS : Compression.XPRESS_HUFFMAN;
    stored.addBlock(dataOffset(), dataBytes, pages, compression);
    for (int i = 0; i < descriptors; i++) {
      stored.addFrames(frames[i], counts[i]);
    }
  }
}
