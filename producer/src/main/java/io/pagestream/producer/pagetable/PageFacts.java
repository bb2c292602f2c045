package io.pagestream.producer.pagetable;

import io.pagestream.schemas.avro.CacheType;

/**
 * What the page tables say of one physical page, in an int: bits 15:0 number of mappings, 23:16
 * mask of their effective types by {@link TypeIndex}, 26:24 index of the type of the first mapping
 * whose type is known, 27 covered by a large page, 28 holds a paging structure.
 */
final class PageFacts {
  /** As many mappings as are counted; stands for more too. */
  static final int MOST_MAPPINGS = 0xffff;

  private static final int MASK_SHIFT = 16;
  private static final int FIRST_SHIFT = 24;
  private static final int FIRST = 7 << FIRST_SHIFT;
  private static final int LARGE = 1 << 27;
  private static final int PAGING_STRUCTURE = 1 << 28;

  private PageFacts() {}

  /** The facts with one mapping more. */
  static int withMapping(int facts, int type, boolean large) {
    int more = facts | 1 << (MASK_SHIFT + type) | (large ? LARGE : 0);
    if ((facts & FIRST) == 0) {
      more |= type << FIRST_SHIFT; // UNKNOWN is 0: the first known type stays
    }
    return (facts & MOST_MAPPINGS) == MOST_MAPPINGS ? more : more + 1;
  }

  static int withPagingStructure(int facts) {
    return facts | PAGING_STRUCTURE;
  }

  static int mappings(int facts) {
    return facts & MOST_MAPPINGS;
  }

  static int cacheTypes(int facts) {
    return facts >>> MASK_SHIFT & 0xff;
  }

  /** Type of the first mapping whose type is known; UNKNOWN if there is none. */
  static CacheType firstType(int facts) {
    return TypeIndex.type((facts & FIRST) >>> FIRST_SHIFT);
  }

  static boolean isLarge(int facts) {
    return (facts & LARGE) != 0;
  }

  static boolean isPagingStructure(int facts) {
    return (facts & PAGING_STRUCTURE) != 0;
  }

  /** Whether two mappings have different types, both known. */
  static boolean isAliased(int facts) {
    return Integer.bitCount(cacheTypes(facts) & ~(1 << TypeIndex.UNKNOWN)) > 1;
  }
}
