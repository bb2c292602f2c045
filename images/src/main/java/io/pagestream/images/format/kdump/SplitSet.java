package io.pagestream.images.format.kdump;

import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The files of a split dump in order, if the set is complete. */
final class SplitSet {
  private SplitSet() {}

  /**
   * Sorts the parts.
   *
   * @throws PagestreamException IMAGE_INCOMPLETE_SET if parts are missing, double, or of different
   *     dumps
   */
  static List<KdumpFile> inOrder(List<KdumpFile> files) {
    List<KdumpFile> parts = new ArrayList<>(files);
    parts.sort(
        Comparator.comparingLong((KdumpFile part) -> part.subHeader().startFrame())
            .thenComparingLong(part -> part.subHeader().endFrame()));
    KdumpFile first = parts.getFirst();
    long expected = 0;
    List<String> missing = new ArrayList<>();
    for (KdumpFile part : parts) {
      requireSameDump(first, part, parts.size());
      long start = part.subHeader().startFrame();
      if (start < expected) {
        throw incomplete(
            part,
            "covers memory from 0x%x on, which another part also covers"
                .formatted(Pages.address(start)),
            "give each part once");
      }
      if (lacks(first, expected, start)) {
        missing.add(range(expected, start));
      }
      expected = part.subHeader().endFrame();
    }
    if (lacks(first, expected, first.subHeader().frameLimit())) {
      missing.add(range(expected, first.subHeader().frameLimit()));
    }
    if (!missing.isEmpty()) {
      throw incomplete(
          first,
          "is part of a split dump; the parts with physical memory %s are missing"
              .formatted(String.join(" and ", missing)),
          "give all parts together");
    }
    return parts;
  }

  /** Whether there are dumped pages between parts; if not, no part is missing. */
  private static boolean lacks(KdumpFile first, long from, long to) {
    return from < to && first.dumped().next(from, true) < to;
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

  private static String range(long from, long to) {
    return "0x%x to 0x%x".formatted(Pages.address(from), Pages.address(to));
  }

  private static PagestreamException incomplete(KdumpFile part, String what, String next) {
    return PagestreamException.inFile(
        ErrorCode.IMAGE_INCOMPLETE_SET, part.bytes().name(), what, next);
  }
}
