package io.pagestream.images.format.elf;

import io.pagestream.images.interval.OverlapSweep.Piece;
import io.pagestream.images.source.ImageBytes;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.doubt.DoubtReason;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.List;

/**
 * A PT_LOAD with impossible numbers. If its bytes are in the file but its address is impossible,
 * they are analyzed at addresses above all others, where they cannot be mistaken for other memory:
 * otherwise one wrong bit would hide them.
 */
record OddSegment(ProgramHeader load, CheckedSegment segment) {
  /** Doubts of one file; the rest of them is counted. */
  private static final int MOST_DOUBTS = 32;

  /** Places the segments that have no address; returns the doubts about all of them. */
  static List<Doubt> place(List<OddSegment> odd, ImageBytes bytes, List<Piece> intervals) {
    List<Doubt> doubts = new ArrayList<>();
    long free = Pages.ceil(intervals.stream().mapToLong(Piece::end).max().orElse(0));
    for (OddSegment one : odd) {
      CheckedSegment segment = one.segment();
      long there = Math.clamp(bytes.length() - segment.offset(), 0, segment.stored());
      boolean moved = !segment.placed() && there > 0 && there <= Pages.ADDRESS_LIMIT - free;
      if (moved) {
        int number = one.load().number();
        intervals.add(new Piece(free, free + there, segment.offset(), number, number));
      }
      if (doubts.size() < MOST_DOUBTS) {
        doubts.add(
            one.doubt(
                bytes.name(),
                moved ? free : segment.start(),
                moved ? there : segment.size(),
                moved));
      }
      free = moved ? Pages.ceil(free + there) : free;
    }
    if (odd.size() > MOST_DOUBTS) {
      doubts.add(
          DoubtReason.SKIPPED_HEADER.of(
              "%s: %,d more program headers are damaged"
                  .formatted(bytes.name(), odd.size() - MOST_DOUBTS)));
    }
    return doubts;
  }

  private Doubt doubt(String file, long start, long size, boolean moved) {
    long first = Pages.floor(start);
    return DoubtReason.SKIPPED_HEADER.of(
        first,
        Pages.frameNumber(Pages.ceil(start + size) - first),
        "%s: program header %d is damaged (0x%x bytes at physical address 0x%x, 0x%x of them at offset 0x%x): %s; %s"
            .formatted(
                file,
                load.number(),
                load.memorySize(),
                load.physicalAddress(),
                load.fileSize(),
                load.fileOffset(),
                segment.oddity(),
                moved
                    ? "its bytes are analyzed at addresses above all others"
                    : segment.placed() && segment.stored() > 0
                        ? "the rest of it is used"
                        : "nothing of it is analyzed"));
  }
}
