package io.pagestream.images.pagetable;

import io.pagestream.schemas.avro.CacheAlias;
import org.jspecify.annotations.Nullable;

/**
 * The aliases of an image. Aliases between named roots have their own table, so that forged roots
 * cannot displace them.
 *
 * @param named pages with conflicting mappings under named roots
 * @param byShape other pages, whose mappings conflict if those under roots found by their shape are
 *     included
 */
record Aliases(AliasTable named, AliasTable byShape) {
  /** The alias of a page; null if it has none, or if it was not looked up. */
  @Nullable CacheAlias aliasOf(long physicalAddress) {
    CacheAlias alias = named.aliasOf(physicalAddress);
    return alias == null ? byShape.aliasOf(physicalAddress) : alias;
  }

  /** Whether a page's alias continues that of an earlier page, page for page. */
  boolean goesOn(@Nullable CacheAlias begun, int pages, long physicalAddress) {
    if (begun == null) {
      return named.goesOn(null, pages, physicalAddress)
          && byShape.goesOn(null, pages, physicalAddress);
    }
    AliasTable table = begun.getSecondRootByShape() ? byShape : named;
    return table.goesOn(begun, pages, physicalAddress);
  }

  /** Number of pages with conflicting mappings, including those that are not looked up. */
  long aliasedPages() {
    return named.aliasedPages() + byShape.aliasedPages();
  }

  /** Number of pages that are not looked up. */
  long beyond() {
    return named.beyond() + byShape.beyond();
  }
}
