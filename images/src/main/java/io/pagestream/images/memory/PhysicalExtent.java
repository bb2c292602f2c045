package io.pagestream.images.memory;

import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.RangeProvenance;
import io.pagestream.schemas.page.Pages;

/**
 * A range of physical memory that an image describes.
 *
 * @param physicalAddress first address, page aligned
 * @param pageCount length in pages, at least 1
 * @param kind its kind, as far as its source contains it; UNKNOWN is valid
 * @param provenance source of the kind
 * @param name the format's term for it, for example {@code PT_LOAD 3}; may be empty
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
