package io.pagestream.images.format.vmware;

import io.pagestream.images.format.Segment;
import io.pagestream.images.interval.OverlapSweep;
import io.pagestream.images.interval.OverlapSweep.Piece;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.doubt.DoubtReason;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Places the memory of a VMware machine by the regions of its state file. */
final class RegionSegments {
  /** Largest page number for which an address or offset cannot overflow. */
  private static final long MOST_PAGES = Pages.frameNumber(Pages.ADDRESS_LIMIT);

  private final String state;
  private final List<Piece> pieces = new ArrayList<>();
  private final List<Doubt> doubts;

  private RegionSegments(String state, List<Doubt> doubts) {
    this.state = state;
    this.doubts = doubts;
  }

  /**
   * The segments of all usable regions, sorted and disjoint; none if there is no usable region.
   *
   * @param state name of the state file, for messages
   * @param dataOffset offset of the memory's first byte in the file that contains it
   * @param dataBytes number of bytes of memory that the file contains
   * @param doubts receives doubts about regions that cannot be used, and bytes without a region
   */
  static List<Segment> of(
      MemoryRegions regions, String state, long dataOffset, long dataBytes, List<Doubt> doubts) {
    RegionSegments segments = new RegionSegments(state, doubts);
    segments.addAll(regions, dataOffset);
    return segments.result(dataOffset, dataBytes);
  }

  private void addAll(MemoryRegions regions, long dataOffset) {
    long count = regions.count().orElse(0);
    for (int i = 0; i < Math.clamp(count, 0, MemoryRegions.MOST_REGIONS); i++) {
      long physical = regions.physicalPage(i);
      long file = regions.filePage(i);
      long size = regions.size(i);
      boolean usable =
          isPage(physical) && isPage(file) && isPage(size) && size <= MOST_PAGES - physical;
      if (usable && size > 0) {
        pieces.add(
            new Piece(
                Pages.address(physical),
                Pages.address(physical + size),
                dataOffset + Pages.address(file),
                i,
                i));
      } else if (!usable) {
        doubts.add(
            DoubtReason.HEADER_CONTRADICTION.of(
                "%s: region %d of the memory is incomplete or impossible (page 0x%x, page 0x%x of the file, 0x%x pages) and is left out; copy the state file again"
                    .formatted(state, i, physical, file, size)));
      }
    }
    if (count < 0 || count > MemoryRegions.MOST_REGIONS) {
      doubts.add(
          DoubtReason.HEADER_CONTRADICTION.of(
              "%s: claims %d regions of memory; the first %d are used; copy the state file again"
                  .formatted(state, count, MemoryRegions.MOST_REGIONS)));
    }
  }

  private static boolean isPage(long page) {
    return page >= 0 && page <= MOST_PAGES;
  }

  private List<Segment> result(long dataOffset, long dataBytes) {
    OverlapSweep.Result result = OverlapSweep.sweep(pieces);
    if (result.conflicts() > 0) {
      doubts.add(
          DoubtReason.OVERLAPPING_RANGES.of(
              "%s: %d regions of the memory overlap others; the first of each is used"
                  .formatted(state, result.conflicts())));
    }
    if (!pieces.isEmpty()) {
      long unused = unused(dataOffset, dataBytes);
      if (unused > 0) {
        doubts.add(
            DoubtReason.TRAILING_BYTES.of(
                "%s: %,d bytes of the memory file belong to no region and are not read; check that both files are of the same snapshot"
                    .formatted(state, unused)));
      }
    }
    return result.intervals().stream()
        .map(piece ->
            new Segment(piece.start(), piece.end(), piece.source(), piece.number(), RangeKind.RAM))
        .toList();
  }

  /** Bytes of the memory file that no region names. */
  private long unused(long dataOffset, long dataBytes) {
    long unused = 0;
    long done = dataOffset;
    long end = dataOffset + dataBytes;
    for (Piece piece : pieces.stream().sorted(Comparator.comparingLong(Piece::source)).toList()) {
      long start = Math.min(piece.source(), end);
      unused += Math.max(0, start - done);
      done = Math.clamp(piece.source() + (piece.end() - piece.start()), done, end);
    }
    return unused + (end - done);
  }
}
