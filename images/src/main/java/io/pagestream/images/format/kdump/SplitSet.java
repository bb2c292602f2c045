package io.pagestream.images.format.kdump;

import io.pagestream.images.interval.Interval;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.doubt.DoubtReason;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The files of a split dump in order. Parts that are missing cost only their pages.
 *
 * @param parts in the order of their frames, at least one
 * @param missing frames that were dumped into parts that are not given: sorted, disjoint
 */
record SplitSet(List<KdumpFile> parts, List<Interval> missing) {
  SplitSet {
    parts = List.copyOf(parts);
    missing = List.copyOf(missing);
  }

  /**
   * Sorts the parts.
   *
   * @throws PagestreamException IMAGE_INCOMPLETE_SET if parts are double, or of different dumps
   */
  static SplitSet of(List<KdumpFile> files) {
    List<KdumpFile> parts = new ArrayList<>(files);
    parts.sort(
        Comparator.comparingLong((KdumpFile part) -> part.subHeader().startFrame())
            .thenComparingLong(part -> part.subHeader().endFrame()));
    KdumpFile first = parts.getFirst();
    long expected = 0;
    List<Interval> missing = new ArrayList<>();
    for (KdumpFile part : parts) {
      requireSameDump(first, part, parts.size());
      long start = part.subHeader().startFrame();
      if (start < expected) {
        throw incomplete(
            part,
            "covers memory from 0x%x on, which another part also covers"
                .formatted(part.header().address(start)),
            "give each part once");
      }
      addMissing(first, expected, start, missing);
      expected = part.subHeader().endFrame();
    }
    addMissing(first, expected, first.subHeader().frameLimit(), missing);
    return new SplitSet(parts, missing);
  }

  /** A doubt for each missing stretch. */
  List<Doubt> doubts() {
    KdumpFile first = parts.getFirst();
    return missing.stream()
        .map(range ->
            DoubtReason.MISSING_PART.of(
                first.header().address(range.start()),
                (range.end() - range.start()) * first.header().framePages(),
                "%s: a part of the split dump is missing, with the physical memory 0x%x to 0x%x;"
                        .formatted(
                            first.bytes().name(),
                            first.header().address(range.start()),
                            first.header().address(range.end()))
                    + " give all parts together"))
        .toList();
  }

  /** Dumped pages between parts are in a part that is not given; if there are none, none is. */
  private static void addMissing(KdumpFile first, long from, long to, List<Interval> missing) {
    FrameBits dumped = first.dumped();
    long start = from < to ? dumped.next(from, true) : to;
    if (start < to) {
      missing.add(new Interval(start, to));
    }
  }

  private static void requireSameDump(KdumpFile first, KdumpFile part, int count) {
    if (count > 1 && !part.subHeader().split()) {
      throw incomplete(part, "is a complete dump, not a part of one", "give it separately");
    }
    boolean same =
        part.header().identity().equals(first.header().identity())
            && part.header().bitmapBlocks() == first.header().bitmapBlocks()
            && part.subHeader().frameLimit() == first.subHeader().frameLimit();
    if (!same) {
      throw incomplete(
          part,
          "belongs to a different dump than " + first.bytes().name(),
          "give only parts of the same dump together");
    }
  }

  private static PagestreamException incomplete(KdumpFile part, String what, String next) {
    return PagestreamException.inFile(
        ErrorCode.IMAGE_INCOMPLETE_SET, part.bytes().name(), what, next);
  }
}
