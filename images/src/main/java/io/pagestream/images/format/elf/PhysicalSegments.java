package io.pagestream.images.format.elf;

import io.pagestream.images.format.Segment;
import io.pagestream.images.interval.OverlapSweep;
import io.pagestream.images.interval.OverlapSweep.Piece;
import io.pagestream.images.source.ImageBytes;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.doubt.DoubtReason;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.List;

/**
 * Physical memory as described by PT_LOADs.
 *
 * <p>Memory beyond p_filesz is treated as left out, not as zero. According to the gABI it is zero,
 * which is true of programs; but every writer of physical dumps with p_filesz &lt; p_memsz leaves
 * memory out in this way (makedumpfile -E excluded pages, QEMU memory outside of the requested
 * range).
 *
 * <p>A p_offset is meaningless if p_filesz is 0: QEMU writes -1 for mappings that it does not
 * store. A p_memsz of 0 with bytes in the file is treated as p_filesz, as some writers omit it.
 *
 * <p>Segments may overlap: QEMU's dumps with paging have one for each virtual mapping of the same
 * physical memory, with the same file offsets. If two overlap and differ, the first in the table is
 * used.
 */
record PhysicalSegments(List<Segment> segments, List<String> warnings, List<Doubt> doubts) {
  /**
   * Far beyond {@code physical address - file offset}, so that it marks memory that is not stored.
   */
  private static final long NOT_STORED_SHIFT = 1L << 62;

  /** Stored memory has precedence over memory left out, regardless of the order in the table. */
  private static final long NOT_STORED_RANK = 1L << 32;

  static PhysicalSegments of(ImageBytes bytes, ProgramHeaders programs) {
    List<Piece> intervals = new ArrayList<>();
    int virtual = 0;
    int withoutMemorySize = 0;
    for (ProgramHeader load : programs.loads()) {
      if (load.memorySize() == 0) {
        withoutMemorySize++;
      }
      if (load.physicalAddress() == -1) {
        virtual++;
      } else {
        add(bytes, load, intervals);
      }
    }
    if (intervals.isEmpty()) {
      throw bytes.corrupt(0, "an ELF core without physical memory (no PT_LOAD)");
    }
    OverlapSweep.Result result = OverlapSweep.sweep(intervals);
    List<String> warnings = new ArrayList<>();
    List<Doubt> doubts = new ArrayList<>();
    if (virtual > 0) {
      warnings.add("%d segments have no physical address and are ignored".formatted(virtual));
    }
    if (withoutMemorySize > 0) {
      warnings.add(
          "%d segments have no size in memory (p_memsz is 0); their size in the file is used"
              .formatted(withoutMemorySize));
    }
    if (result.conflicts() > 0) {
      doubts.add(
          DoubtReason.OVERLAPPING_RANGES.of(
              "%s: %d PT_LOADs overlap others with different bytes; the first of each is used"
                  .formatted(bytes.name(), result.conflicts())));
    }
    return new PhysicalSegments(
        result.intervals().stream().map(PhysicalSegments::segment).toList(), warnings, doubts);
  }

  private static void add(ImageBytes bytes, ProgramHeader load, List<Piece> intervals) {
    long start = load.physicalAddress();
    long stored = load.fileSize();
    long size = load.memorySize() == 0 ? stored : load.memorySize();
    long offset = stored == 0 ? 0 : load.fileOffset();
    if (start < 0
        || size < 0
        || size > Pages.ADDRESS_LIMIT
        || start > Pages.ADDRESS_LIMIT - size
        || stored < 0
        || stored > size
        || offset < 0
        || offset >= NOT_STORED_SHIFT / 2) {
      throw bytes.corrupt(
          0,
          "program header %d: 0x%x bytes at physical address 0x%x, of which 0x%x at offset 0x%x"
              .formatted(load.number(), size, start, stored, load.fileOffset()));
    }
    if (stored > 0) {
      intervals.add(new Piece(start, start + stored, offset, load.number(), load.number()));
    }
    if (stored < size) {
      long left = start + stored;
      intervals.add(
          new Piece(
              left,
              start + size,
              left - NOT_STORED_SHIFT,
              NOT_STORED_RANK + load.number(),
              load.number()));
    }
  }

  private static Segment segment(Piece interval) {
    long offset = interval.source() < 0 ? Segment.NOT_STORED : interval.source();
    return new Segment(interval.start(), interval.end(), offset, interval.number(), RangeKind.RAM);
  }
}
