package io.pagestream.mapper.policy;

import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.MappingSpan;

/** The cache types with which page tables map pages: the bit mask of {@code MappingSpan.avsc}. */
public final class MappedTypes {
  /** Bits that may be set: of all types except NOT_ESTABLISHED, which is the lack of a mapping. */
  public static final int BITS =
      (1 << CacheType.values().length) - 1 & ~bit(CacheType.NOT_ESTABLISHED);

  private static final int KNOWN = BITS & ~bit(CacheType.UNKNOWN);

  private MappedTypes() {}

  /** The bit of a type. */
  @SuppressWarnings("EnumOrdinal") // MappingSpan.avsc numbers the bits by the symbols' indexes
  public static int bit(CacheType type) {
    return 1 << type.ordinal();
  }

  /**
   * Whether mappings of the pages are known to differ in their types. A mapping whose type is not
   * known (for example because of the MTRRs of the ISA window) differs from no other.
   */
  public static boolean disagree(MappingSpan tables) {
    return Integer.bitCount(tables.getCacheTypes() & KNOWN) > 1;
  }
}
