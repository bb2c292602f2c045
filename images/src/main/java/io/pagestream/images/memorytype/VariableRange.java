package io.pagestream.images.memorytype;

import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.page.Pages;

/**
 * A variable-range MTRR that is in use (Intel SDM vol. 3A, 11.11.2.3): it covers the addresses
 * whose bits under {@code mask} equal those of {@code base}.
 *
 * @param base address bits of IA32_MTRR_PHYSBASEn
 * @param mask address bits of IA32_MTRR_PHYSMASKn. Above the highest set bit the mask counts as
 *     set: the register has no bits beyond the processor's address width, and there is no memory
 * @param type memory type; UNKNOWN if its source does not contain it
 */
public record VariableRange(long base, long mask, CacheType type) {
  /** Bit 11 of the mask register: the pair is in use. */
  public static final long VALID = 1L << 11;

  /**
   * Maximum number of holes in a mask. The manual allows them, and each doubles the number of
   * intervals that the register covers; no firmware or system is known to use any.
   */
  public static final int MOST_MASK_HOLES = 6;

  private static final long ADDRESS_BITS = Pages.ADDRESS_LIMIT - Pages.SIZE;

  /** Keeps the address bits, and limits the cost of a hostile mask. */
  public VariableRange {
    mask &= ADDRESS_BITS;
    if (mask != 0) {
      mask |= ADDRESS_BITS & -Long.highestOneBit(mask);
    }
    base &= mask;
    if (Long.bitCount(holes(mask)) > MOST_MASK_HOLES) {
      throw new IllegalArgumentException("mask 0x%x has too many holes".formatted(mask));
    }
  }

  /** The range of {@code size} bytes, a power of two of at least a page, from {@code base}. */
  public static VariableRange ofSize(long base, long size, CacheType type) {
    boolean possible =
        Long.bitCount(size) == 1
            && size >= Pages.SIZE
            && size <= Pages.ADDRESS_LIMIT
            && (base & (size - 1)) == 0
            && base >= 0
            && base < Pages.ADDRESS_LIMIT;
    if (!possible) {
      throw new IllegalArgumentException("base 0x%x, size 0x%x".formatted(base, size));
    }
    return new VariableRange(base, -size, type);
  }

  /** Whether the range covers an address. */
  public boolean covers(long physicalAddress) {
    return (physicalAddress & mask) == base;
  }

  /** Length in bytes of each interval that the range covers. */
  long blockSize() {
    return mask == 0 ? Pages.ADDRESS_LIMIT : Long.lowestOneBit(mask);
  }

  /** First addresses of the intervals that the range covers: one, unless the mask has holes. */
  long[] blockStarts() {
    long holes = holes(mask);
    long[] starts = new long[1 << Long.bitCount(holes)];
    long bits = 0;
    for (int i = 0; i < starts.length; i++) {
      starts[i] = base | bits;
      bits = (bits - holes) & holes; // the next subset of the holes
    }
    return starts;
  }

  /** Clear bits of the mask above its lowest set bit. */
  private static long holes(long mask) {
    return mask == 0 ? 0 : ~mask & ADDRESS_BITS & -Long.lowestOneBit(mask);
  }
}
