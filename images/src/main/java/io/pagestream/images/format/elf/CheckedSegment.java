package io.pagestream.images.format.elf;

import io.pagestream.schemas.page.Pages;

/**
 * The memory of one PT_LOAD, with impossible numbers replaced. A damaged or forged program header
 * costs at most its own segment.
 *
 * @param start physical address
 * @param size bytes of memory, stored or left out
 * @param stored bytes of it that the file holds, from the start on
 * @param offset where the file holds them
 * @param placed whether the address is possible; otherwise {@code start} is 0
 * @param oddity what was replaced, as a clause; empty if nothing was
 */
record CheckedSegment(
    long start, long size, long stored, long offset, boolean placed, String oddity) {
  /** A larger offset in a file is impossible: no file system allows it. */
  private static final long OFFSET_LIMIT = 1L << 60;

  static CheckedSegment of(ProgramHeader load, long fileLength) {
    long start = load.physicalAddress();
    boolean placed = start >= 0 && start < Pages.ADDRESS_LIMIT;
    long room = placed ? Pages.ADDRESS_LIMIT - start : Pages.ADDRESS_LIMIT;
    long stored = load.fileSize();
    long offset = stored == 0 ? 0 : load.fileOffset();
    long size = load.memorySize() == 0 ? stored : load.memorySize();
    String oddity = placed ? "" : "no machine has this address";
    if (offset < 0 || offset >= OFFSET_LIMIT) {
      oddity = "no file has this offset";
      offset = 0;
      stored = 0;
    }
    if (stored < 0 || stored > room) {
      oddity = "no machine has so much memory";
      stored = Math.clamp(fileLength - offset, 0, room);
      size = stored;
    } else if (size < 0 || size > room) {
      oddity = "no machine has so much memory";
      size = stored;
    } else if (stored > size) {
      oddity = "more bytes are in the file than in memory";
      size = stored;
    }
    return new CheckedSegment(placed ? start : 0, size, stored, offset, placed, oddity);
  }
}
