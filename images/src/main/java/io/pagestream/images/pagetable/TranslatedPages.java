package io.pagestream.images.pagetable;

/**
 * Consecutive virtual pages with consecutive physical pages, or consecutive virtual pages that are
 * not mapped.
 *
 * @param virtualAddress of the first page, in bytes, canonical
 * @param physicalAddress of the first page, in bytes; -1 if the pages are not mapped
 * @param pageCount length in pages
 */
public record TranslatedPages(long virtualAddress, long physicalAddress, long pageCount) {
  /** Whether the tables map the pages. */
  public boolean isMapped() {
    return physicalAddress >= 0;
  }
}
