package io.pagestream.images.pagetable;

import io.pagestream.schemas.page.Pages;

/**
 * Mappings of consecutive physical pages at consecutive virtual addresses, alike in all but their
 * addresses.
 *
 * @param first the mapping of the first page
 * @param physicalAddress of the first page, in bytes
 * @param pageCount length in pages
 */
public record MappingStretch(Mapping first, long physicalAddress, long pageCount) {
  /** Physical address after the last page. */
  public long endAddress() {
    return physicalAddress + Pages.address(pageCount);
  }

  /** Whether it contains the page at a physical address. */
  public boolean covers(long address) {
    return address >= physicalAddress && address < endAddress();
  }

  /** The virtual address of a physical address in it. */
  public long virtualAddressOf(long address) {
    return first.virtualAddress() + address - physicalAddress;
  }
}
