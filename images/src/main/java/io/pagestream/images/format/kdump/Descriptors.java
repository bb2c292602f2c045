package io.pagestream.images.format.kdump;

import io.pagestream.images.source.Endianness;
import io.pagestream.images.source.ImageBytes;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;

/**
 * Page descriptors, a few at a time. One of 24 bytes for each dumped page, in the order of frames:
 * 0 i64 offset of the data, 8 u32 its size, 12 u32 flags, 16 u64 page flags (makedumpfile {@code
 * diskdump_mod.h}, page_desc). Several may share one target, as all zero pages of a dump do.
 */
final class Descriptors {
  /** Maximum number of descriptors read at a time. */
  static final int BATCH = 256;

  static final int SIZE = 24;

  /** The flag of a page that did not fit on the writer's disk. */
  private static final int INCOMPLETE = 8;

  /** The flag of a page without struct page; its data exists nevertheless. */
  private static final int VMEMMAP_EXCLUDED = 0x10;

  private static final int KNOWN_FLAGS = PageCodecs.MASK | VMEMMAP_EXCLUDED;

  private final ImageBytes bytes;
  private final Endianness order;
  private final long tableOffset;
  private final int blockBytes;
  private final MemorySegment table = MemorySegment.ofArray(new byte[BATCH * SIZE]);
  private final BitSet readable = new BitSet(BATCH);

  /**
   * The descriptors of a file.
   *
   * @param order byte order of the machine
   * @param tableOffset offset of the first
   * @param blockBytes size of a decompressed page of the machine
   */
  Descriptors(ImageBytes bytes, Endianness order, long tableOffset, int blockBytes) {
    this.bytes = bytes;
    this.order = order;
    this.tableOffset = tableOffset;
    this.blockBytes = blockBytes;
  }

  /**
   * Loads descriptors {@code [first, first + count)}, as far as they are in the file. At a bad
   * sector they are read one by one, so that only those in the sector are lost.
   */
  void load(long first, int count) {
    readable.clear();
    MemorySegment wanted = table.asSlice(0, (long) count * SIZE);
    int loaded = (int) (bytes.read(place(first), wanted) / SIZE);
    readable.set(0, loaded);
    for (int i = loaded; i < count && bytes.contains(place(first + i), SIZE); i++) {
      MemorySegment one = table.asSlice((long) i * SIZE, SIZE);
      readable.set(i, bytes.read(place(first + i), one) == SIZE);
    }
  }

  /** Offset of a descriptor; index from the first of the table. */
  long place(long index) {
    return tableOffset + index * SIZE;
  }

  /** Offset of a page's data; index from the first one loaded. */
  long offset(int index) {
    return order.i64(table, (long) index * SIZE);
  }

  /** Length of a page's data; valid only if {@link #isValid}. */
  int size(int index) {
    return order.i32(table, (long) index * SIZE + 8);
  }

  /** How a page is compressed. */
  int flags(int index) {
    return order.i32(table, (long) index * SIZE + 12);
  }

  /**
   * Whether a descriptor can be followed. Data is never before the descriptors, so an offset into
   * the headers (0 in an incomplete dump) would present headers as memory.
   */
  boolean isValid(int index) {
    if (!readable.get(index)) {
      return false;
    }
    int size = size(index);
    int flags = flags(index);
    return size > 0
        && size <= blockBytes
        && (flags & INCOMPLETE) == 0
        && (flags & ~KNOWN_FLAGS) == 0
        && offset(index) > tableOffset
        && bytes.contains(offset(index), size);
  }
}
