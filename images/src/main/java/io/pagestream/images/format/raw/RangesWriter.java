package io.pagestream.images.format.raw;

import io.pagestream.images.interval.Intervals;
import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.images.writing.StoredMemory;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** Writes the sidecar of a raw image, {@code FILE.ranges.json} (docs/range-map.md). */
public final class RangesWriter {
  /** Positions of pages in the file. */
  enum Offsets {
    /** The offset of a page is its address. */
    ADDRESSES,
    /** Each page follows the one before. */
    CONSECUTIVE
  }

  private RangesWriter() {}

  /** The sidecar of a file. */
  public static Path beside(Path file) {
    return file.resolveSibling(file.getFileName() + ".ranges.json");
  }

  /**
   * Writes the ranges that are stored, and without an offset those that are described but not
   * stored. A kind is that of the extent.
   *
   * @throws IOException if the sidecar exists, or cannot be written
   */
  static void write(StoredMemory memory, Path file, Offsets offsets) throws IOException {
    Intervals stored = memory.stored();
    try (BufferedWriter out =
        Files.newBufferedWriter(beside(file), StandardOpenOption.CREATE_NEW)) {
      out.write("{\"ranges\": [");
      long next = 0;
      String separator = "\n";
      for (PhysicalExtent extent : memory.described()) {
        long at = extent.physicalAddress();
        for (int i = stored.firstAfter(at); at < extent.endAddress(); i++) {
          boolean more = i < stored.size() && stored.start(i) < extent.endAddress();
          long start = more ? Math.max(at, stored.start(i)) : extent.endAddress();
          if (start > at) {
            out.write(separator + entry(extent, at, start, -1));
            separator = ",\n";
          }
          long end = more ? Math.min(stored.end(i), extent.endAddress()) : start;
          if (end > start) {
            out.write(
                separator + entry(extent, start, end, offsets == Offsets.ADDRESSES ? start : next));
            separator = ",\n";
            next += end - start;
          }
          at = end;
        }
      }
      out.write("\n]}\n");
    }
  }

  private static String entry(PhysicalExtent extent, long start, long end, long offset) {
    String kind = extent.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
    return "  {\"physicalAddress\": %d, \"length\": %d, %s\"kind\": \"%s\"}"
        .formatted(
            start, end - start, offset < 0 ? "" : "\"fileOffset\": %d, ".formatted(offset), kind);
  }
}
