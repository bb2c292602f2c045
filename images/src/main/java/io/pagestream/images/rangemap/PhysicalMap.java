package io.pagestream.images.rangemap;

import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.page.Pages;
import java.util.List;

/**
 * The range map of one image.
 *
 * @param ranges sorted, disjoint, page aligned, at most {@link #MOST_RANGES}; they cover everything
 *     in the image and in its sidecars
 * @param absentPages pages of the ranges that are not in the image
 * @param warnings contradictions, in sentences; limited in number
 */
public record PhysicalMap(List<AddressRange> ranges, long absentPages, List<String> warnings) {
  /**
   * Maximum number of ranges, so that a manifest stays under 512 KiB: an encoded range takes under
   * 100 bytes, 48 of them its name.
   */
  public static final int MOST_RANGES = 4096;

  /** Copies the lists. */
  public PhysicalMap {
    ranges = List.copyOf(ranges);
    warnings = List.copyOf(warnings);
  }

  /** Pages of all ranges, in the image or not. */
  public long pages() {
    return ranges.stream().mapToLong(AddressRange::getPageCount).sum();
  }

  /** Address after the last page of a range. */
  public static long endOf(AddressRange range) {
    return range.getPhysicalAddress() + Pages.address(range.getPageCount());
  }
}
