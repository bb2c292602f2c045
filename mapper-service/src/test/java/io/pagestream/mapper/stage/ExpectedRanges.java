package io.pagestream.mapper.stage;

import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.RangeProvenance;
import io.pagestream.schemas.page.Pages;

/** The range map as the simplest code determines it, page by page. */
final class ExpectedRanges {
  private ExpectedRanges() {}

  /** The VGA's window is a device unless a sidecar says what it is. */
  static AddressRange withVga(AddressRange range, long address) {
    boolean vga =
        address >= 0xa0000
            && address < 0xc0000
            && range.getProvenance() != RangeProvenance.SIDE_FILE
            && (range.getKind() == RangeKind.RAM || range.getKind() == RangeKind.UNKNOWN);
    return vga
        ? AddressRange.newBuilder(range)
            .setKind(RangeKind.DEVICE)
            .setProvenance(RangeProvenance.DEFAULT)
            .build()
        : range;
  }

  /** The range of a manifest that contains an address. */
  static AddressRange inManifest(ImageManifest manifest, long address) {
    return manifest.getRanges().stream()
        .filter(range ->
            address >= range.getPhysicalAddress()
                && address - range.getPhysicalAddress() < Pages.address(range.getPageCount()))
        .findFirst()
        .orElseThrow();
  }
}
