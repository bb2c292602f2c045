package io.pagestream.images.memory;

import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.RangeProvenance;
import io.pagestream.schemas.page.Pages;

/**
 * A stretch of physical memory that an image speaks of.
 *
 * @param physicalAddress first address, page aligned
 * @param pageCount length in pages, at least 1
 * @param kind what it is, as far as its source can tell; UNKNOWN is legal
 * @param provenance who says so
 * @param name the format's word for it, for example {@code PT_LOAD 3}; may be empty
 */
public record PhysicalExtent(
    long physicalAddress, long pageCount, RangeKind kind, RangeProvenance provenance, String name) {
  /** Checks alignment and bounds, which come from hostile input. */
  public PhysicalExtent {
    if ((physicalAddress & (Pages.SIZE - 1)) != 0
        || physicalAddress < 0
        || pageCount < 1
        || pageCount > Pages.frameNumber(Pages.ADDRESS_LIMIT - physicalAddress)) {
      throw new IllegalArgumentException(
          "extent at 0x%x of %d pages".formatted(physicalAddress, pageCount));
    }
  }

  /** Address after the last page. */
  public long endAddress() {
    return physicalAddress + Pages.address(pageCount);
  }
}
