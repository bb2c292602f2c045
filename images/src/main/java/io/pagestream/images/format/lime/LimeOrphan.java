package io.pagestream.images.format.lime;

import io.pagestream.images.interval.OverlapSweep.Piece;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.doubt.DoubtReason;
import io.pagestream.schemas.page.Pages;
import java.util.List;

/**
 * Bytes of a LiME file whose header is missing or damaged. They are analyzed nevertheless, because
 * otherwise a zeroed header would hide a range. LiME writes ranges in ascending order (its {@code
 * src/main.c} walks the children of {@code iomem_resource}, which the kernel keeps sorted): if the
 * bytes fit between the ranges around them where their damaged header says, or exactly fill that
 * gap, they are placed there; otherwise they get addresses above all known ranges, where they
 * cannot be mistaken for other memory.
 *
 * @param header expected offset of the header
 * @param end offset after the last byte
 * @param previousEnd address after the range before it; 0 without one
 * @param nextStart address of the range after it; 0 without one
 * @param named first address according to the damaged header; -1 without one
 */
record LimeOrphan(long header, long end, long previousEnd, long nextStart, long named) {
  private static final String ACQUIRE = "; copy the image again or acquire it again";

  /** Whether there are bytes after the position of the header. */
  boolean isEmpty() {
    return length() <= 0;
  }

  private long length() {
    return end - header - LimeHeader.SIZE;
  }

  private boolean fitsBetween() {
    return Pages.floor(previousEnd) == previousEnd && previousEnd + length() == nextStart;
  }

  private boolean fitsAsNamed() {
    long limit = nextStart == 0 ? Pages.ADDRESS_LIMIT : nextStart;
    return named >= previousEnd && named <= limit - length();
  }

  /** Its addresses: in the gap into which it fits, or from {@code free} on. */
  Piece place(long free, int number) {
    long start = fitsAsNamed() ? named : fitsBetween() ? previousEnd : Pages.ceil(free);
    return new Piece(start, start + length(), header + LimeHeader.SIZE, number, number);
  }

  /** Doubts about its pages. */
  Doubt doubt(String file, Piece place) {
    return DoubtReason.SKIPPED_HEADER.of(
        place.start(),
        Pages.frameNumber(Pages.ceil(place.end()) - place.start()),
        "%s: no LiME header at offset 0x%x: the %,d bytes after it %s%s"
            .formatted(
                file,
                header,
                length(),
                fitsAsNamed()
                    ? "are analyzed where what is left of it places them"
                    : fitsBetween()
                        ? "fill the gap between the ranges around them and are analyzed there"
                        : "are analyzed at addresses above all others, because their own are unknown",
                ACQUIRE));
  }

  /** For bytes without an address: there are more bytes than physical addresses. */
  Doubt notAnalyzed(String file) {
    return DoubtReason.SKIPPED_HEADER.of(
        "%s: no LiME header at offset 0x%x: the %,d bytes after it are not analyzed%s"
            .formatted(file, header, Math.max(0, length()), ACQUIRE));
  }

  /** Places all of them above the ranges, in the order of the file. */
  static void placeAll(
      List<LimeOrphan> orphans, String file, List<Piece> intervals, List<Doubt> doubts) {
    long free = intervals.stream().mapToLong(Piece::end).max().orElse(0);
    for (LimeOrphan orphan : orphans) {
      if (orphan.isEmpty() || orphan.length() > Pages.ADDRESS_LIMIT - Pages.ceil(free)) {
        doubts.add(orphan.notAnalyzed(file));
        continue;
      }
      Piece place = orphan.place(free, intervals.size());
      free = Math.max(free, place.end());
      intervals.add(place);
      doubts.add(orphan.doubt(file, place));
    }
  }
}
