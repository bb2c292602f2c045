package io.pagestream.mapper.policy;

import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.memorytype.TypeCode;
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
    return TypeCode.ofPat(request.type());
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
