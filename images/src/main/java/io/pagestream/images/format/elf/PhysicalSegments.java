package io.pagestream.images.format.elf;

import io.pagestream.images.format.Segment;
import io.pagestream.images.interval.OverlapSweep;
import io.pagestream.images.interval.OverlapSweep.Piece;
import io.pagestream.images.source.ImageBytes;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.doubt.DoubtReason;
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
 * <p>Impossible numbers of one header cost at most its own segment ({@link CheckedSegment}).
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
    List<OddSegment> odd = new ArrayList<>();
    int virtual = 0;
    int withoutMemorySize = 0;
    for (ProgramHeader load : programs.loads()) {
      if (load.memorySize() == 0) {
        withoutMemorySize++;
      }
      if (load.physicalAddress() == -1) {
        virtual++;
        continue;
      }
      CheckedSegment segment = CheckedSegment.of(load, bytes.length());
      if (!segment.oddity().isEmpty()) {
        odd.add(new OddSegment(load, segment));
      }
      if (segment.placed()) {
        add(load, segment, intervals);
      }
    }
    List<Doubt> doubts = new ArrayList<>(OddSegment.place(odd, bytes, intervals));
    if (intervals.isEmpty()) {
      throw bytes.corrupt(0, "an ELF core without physical memory (no PT_LOAD)");
    }
    OverlapSweep.Result result = OverlapSweep.sweep(intervals);
    List<String> warnings = new ArrayList<>();
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

  private static void add(ProgramHeader load, CheckedSegment segment, List<Piece> intervals) {
    long left = segment.start() + segment.stored();
    long end = segment.start() + segment.size();
    if (segment.stored() > 0) {
      intervals.add(
          new Piece(segment.start(), left, segment.offset(), load.number(), load.number()));
    }
    if (left < end) {
      intervals.add(
          new Piece(
              left, end, left - NOT_STORED_SHIFT, NOT_STORED_RANK + load.number(), load.number()));
    }
  }

  private static Segment segment(Piece interval) {
    long offset = interval.source() < 0 ? Segment.NOT_STORED : interval.source();
    return new Segment(interval.start(), interval.end(), offset, interval.number(), RangeKind.RAM);
  }
}
