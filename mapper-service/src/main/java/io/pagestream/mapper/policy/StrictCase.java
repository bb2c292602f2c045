package io.pagestream.mapper.policy;

import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.page.Pages;

/** One case for the {@code strict} table; types are numbered as in the PAT register. */
record StrictCase(PageFacts facts, MappingRequest request) {

  /** Row 0, as Windows' row 0. */
  boolean invalid() {
    long start = request.physicalAddress();
    long size = request.sizeBytes();
    return size <= 0
        || requested() == CacheType.UNKNOWN
        || start < 0
        || size > Pages.ADDRESS_LIMIT - start;
  }

  /** R: the type of a PAT entry's value, {@code UNKNOWN} if the value is reserved. */
  CacheType requested() {
    return switch (request.type()) {
      case 0 -> CacheType.UNCACHED;
      case 1 -> CacheType.WRITE_COMBINING;
      case 4 -> CacheType.WRITE_THROUGH;
      case 5 -> CacheType.WRITE_PROTECTED;
      case 6 -> CacheType.WRITE_BACK;
      case 7 -> CacheType.UNCACHED_MINUS;
      default -> CacheType.UNKNOWN;
    };
  }

  boolean asksCached() {
    return requested() == CacheType.WRITE_BACK;
  }

  /**
   * Whether a type is known and differs from R. UC and UC- are treated as equal: their effective
   * type is the same.
   */
  boolean conflictsWith(CacheType type) {
    return switch (type) {
      case UNKNOWN, NOT_ESTABLISHED -> false;
      case UNCACHED, UNCACHED_MINUS ->
          requested() != CacheType.UNCACHED && requested() != CacheType.UNCACHED_MINUS;
      default -> requested() != type;
    };
  }
}
