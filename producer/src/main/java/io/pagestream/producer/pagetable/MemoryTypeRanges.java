package io.pagestream.producer.pagetable;

import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.page.Pages;

/**
 * The memory type that the MTRRs give to physical addresses: a step function, pure, thread-safe.
 * Page-table walks combine it with the PAT type of each mapping.
 */
public interface MemoryTypeRanges {
  /** Nothing is known of the MTRRs. */
  MemoryTypeRanges UNKNOWN =
      new MemoryTypeRanges() {
        @Override
        public CacheType typeAt(long physicalAddress) {
          return CacheType.UNKNOWN;
        }

        @Override
        public long endOfRange(long physicalAddress) {
          return Pages.ADDRESS_LIMIT;
        }
      };

  /**
   * The type at an address: UNCACHED, WRITE_COMBINING, WRITE_THROUGH, WRITE_PROTECTED or
   * WRITE_BACK, the only ones that an MTRR can hold (Intel SDM vol. 3A, 12.11.1); UNKNOWN where
   * nothing is known. The type of a page is that of its first byte.
   *
   * @param physicalAddress in bytes, page aligned, below {@link Pages#ADDRESS_LIMIT}
   */
  CacheType typeAt(long physicalAddress);

  /**
   * Up to where, exclusive, the type stays what {@link #typeAt} says: in bytes, page aligned, above
   * {@code physicalAddress}. May be less than the whole stretch.
   */
  long endOfRange(long physicalAddress);
}
