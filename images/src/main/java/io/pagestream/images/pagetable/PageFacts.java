package io.pagestream.images.pagetable;

import io.pagestream.schemas.avro.CacheType;

/**
 * Facts from the page tables about one physical page, in an int: bits 15:0 number of mappings,
 * 23:16 mask of their effective types by {@link TypeIndex}, 26:24 index of the type of the first
 * mapping whose type is known, 27 covered by a large page, 28 contains a paging structure.
 */
final class PageFacts {
  /** The maximum count of mappings; also represents higher numbers. */
  static final int MOST_MAPPINGS = 0xffff;

  private static final int MASK_SHIFT = 16;
  private static final int FIRST_SHIFT = 24;
  private static final int FIRST = 7 << FIRST_SHIFT;
  private static final int LARGE = 1 << 27;

  /** The page holds a paging structure; may be added to facts. */
  static final int PAGING_STRUCTURE = 1 << 28;

  /** User mode may access the page by some mapping; may be added to facts. */
  static final int USER_MAPPED = 1 << 29;

  private PageFacts() {}

  /**
   * A mapping, to be added to the facts of pages.
   *
   * @param type {@link TypeIndex} of its effective cache type
   */
  static int mapping(int type, boolean large) {
    return 1 | 1 << (MASK_SHIFT + type) | type << FIRST_SHIFT | (large ? LARGE : 0);
  }

  /** Facts with a mapping, or {@link #PAGING_STRUCTURE}, added. */
  static int with(int facts, int addition) {
    int more = facts | (addition & ~(FIRST | MOST_MAPPINGS));
    if ((facts & FIRST) == 0) {
      more |= addition & FIRST; // UNKNOWN is 0: the first known type stays
    }
    return (facts & MOST_MAPPINGS) == MOST_MAPPINGS ? more : more + (addition & 1);
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

  /** Whether mappings conflict only if additional ones are included. */
  static boolean isAliasedWith(int facts, int further) {
    return cacheTypes(further) != 0
        && !isAliased(facts)
        && Integer.bitCount((cacheTypes(facts) | cacheTypes(further)) & ~(1 << TypeIndex.UNKNOWN))
            > 1;
  }
}
