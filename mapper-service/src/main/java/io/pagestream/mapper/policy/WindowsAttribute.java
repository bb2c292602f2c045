package io.pagestream.mapper.policy;

import io.pagestream.schemas.avro.CacheType;

/**
 * Windows' {@code MI_PFN_CACHE_ATTRIBUTE}, in its order (ReactOS, ntoskrnl/include/internal/mm.h),
 * and its name among x86's memory types.
 */
public enum WindowsAttribute {
  NON_CACHED(CacheType.UNCACHED, "established-non-cached"),
  CACHED(CacheType.WRITE_BACK, "established-cached"),
  WRITE_COMBINED(CacheType.WRITE_COMBINING, "established-write-combined"),
  NOT_MAPPED(CacheType.NOT_ESTABLISHED, ""),
  /** Not one of Windows' attributes: no source has the page's attribute. */
  NOT_KNOWN(CacheType.UNKNOWN, "");

  private final CacheType cacheType;
  private final String overrideReason;

  WindowsAttribute(CacheType cacheType, String overrideReason) {
    this.cacheType = cacheType;
    this.overrideReason = overrideReason;
  }

  /** The x86 memory type. */
  public CacheType cacheType() {
    return cacheType;
  }

  /** Reason that is recorded when this attribute overrides the requested one. */
  String overrideReason() {
    return overrideReason;
  }

  /**
   * The attribute that corresponds to an x86 memory type. Windows has no equivalent of
   * write-through and write-protected: both cache reads, so they count as cached.
   */
  public static WindowsAttribute of(CacheType type) {
    return switch (type) {
      case UNCACHED, UNCACHED_MINUS -> NON_CACHED;
      case WRITE_COMBINING -> WRITE_COMBINED;
      case WRITE_BACK, WRITE_THROUGH, WRITE_PROTECTED -> CACHED;
      case NOT_ESTABLISHED -> NOT_MAPPED;
      case UNKNOWN -> NOT_KNOWN;
    };
  }
}
