package io.pagestream.images.format.avml;

import io.pagestream.images.source.ImageBytes;
import io.pagestream.images.source.LittleEndian;
import io.pagestream.schemas.page.Pages;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * The header of a block: 0 u32 magic {@code AVML}, 4 u32 version 2, 8 u64 first physical address,
 * 16 u64 last address (inclusive), 24 u64 zero. Little endian (AVML, {@code src/image.rs}).
 *
 * @param offset offset in the file
 * @param start first physical address
 * @param end address after the last
 */
record AvmlHeader(long offset, long start, long end) {
  static final int BYTES = 32;

  /** {@code AVML}. */
  static final int MAGIC = 0x4c4d5641;

  static final int VERSION = 2;

  /** The snappy stream begins with the chunk {@code FF 06 00 00 "sNaPpY"}. */
  static final int IDENTIFIER_BYTES = 10;

  /** Type and length of the identifier. */
  static final int IDENTIFIER_HEAD = 0x000006ff;

  private static final int SNAP = 0x50614e73; // "sNaP"

  /** AVML writes blocks of 16 MiB; a limit far above it keeps damaged headers from costing time. */
  private static final long MOST_BYTES = 1L << 40;

  /** Length of the memory. */
  long size() {
    return end - start;
  }

  /** Offset of the first chunk of the stream. */
  long dataOffset() {
    return offset + BYTES;
  }

  /**
   * The header at an offset; empty if there is none, or if it is damaged.
   *
   * @param offset any offset in the file
   */
  static Optional<AvmlHeader> at(ImageBytes bytes, long offset) {
    MemorySegment head = MemorySegment.ofArray(new byte[BYTES + IDENTIFIER_BYTES]);
    return bytes.read(offset, head) == head.byteSize() ? of(head, 0, offset) : Optional.empty();
  }

  /**
   * The header in a buffer that contains it with the beginning of its stream.
   *
   * @param at its position in the buffer
   * @param offset its offset in the file
   */
  static Optional<AvmlHeader> of(MemorySegment buffer, long at, long offset) {
    long start = LittleEndian.i64(buffer, at + 8);
    long last = LittleEndian.i64(buffer, at + 16);
    boolean valid =
        LittleEndian.i32(buffer, at) == MAGIC
            && LittleEndian.i32(buffer, at + 4) == VERSION
            && start >= 0
            && last >= start
            && last < Pages.ADDRESS_LIMIT
            && last - start < MOST_BYTES
            && LittleEndian.i64(buffer, at + 24) == 0
            && LittleEndian.i32(buffer, at + BYTES) == IDENTIFIER_HEAD
            && LittleEndian.i32(buffer, at + BYTES + 4) == SNAP;
    return valid ? Optional.of(new AvmlHeader(offset, start, last + 1)) : Optional.empty();
  }
}
