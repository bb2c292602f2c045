package io.pagestream.mapper.call;

import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.avro.MappingSpan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known about physical memory, from an image or from a finished case. */
public interface MemoryView {
  /**
   * Consecutive pages with equal facts.
   *
   * @param start physical address of the first page, in bytes
   * @param end physical address after the last page, in bytes
   * @param range the range of the map that contains them, or null for a hole
   * @param inImage whether the image has the pages
   * @param tables the information of the page tables under named roots, or null if there is none
   */
  record Known(
      long start,
      long end,
      @Nullable AddressRange range,
      boolean inImage,
      @Nullable MappingSpan tables) {

    /** The part of it between two addresses, which must overlap it. */
    Known part(long from, long to) {
      return new Known(Math.max(start, from), Math.min(end, to), range, inImage, tables);
    }
  }

  /**
   * The pages from {@code start} to {@code end}: ascending, without gaps.
   *
   * @param start page-aligned physical address
   * @param end page-aligned physical address, at most 2^52
   */
  List<Known> pages(long start, long end);
}
