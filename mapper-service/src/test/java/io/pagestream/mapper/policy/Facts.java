package io.pagestream.mapper.policy;

import io.pagestream.schemas.avro.CacheType;

/** Facts about pages, for tests. */
final class Facts {
  private Facts() {}

  /** A page whose MTRR type is not known, and whose mappings agree. */
  static PageFacts of(
      boolean inPfnDatabase,
      CacheType established,
      boolean largePage,
      boolean locked,
      boolean pagingStructure,
      CacheType liveMapping) {
    return new PageFacts(
        inPfnDatabase,
        established,
        largePage,
        locked,
        pagingStructure,
        liveMapping,
        CacheType.UNKNOWN,
        false,
        false);
  }

  /** A page of memory with a type, in a request that covers both memory and other addresses. */
  static PageFacts inMixedRequest(CacheType established) {
    return new PageFacts(
        true,
        established,
        false,
        false,
        false,
        CacheType.NOT_ESTABLISHED,
        CacheType.UNKNOWN,
        true,
        false);
  }
}
