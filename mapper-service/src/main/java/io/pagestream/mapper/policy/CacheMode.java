package io.pagestream.mapper.policy;

import io.pagestream.schemas.avro.CacheType;
import java.util.Arrays;
import java.util.Optional;

/** Linux's {@code enum page_cache_mode} with its numbers (arch/x86/include/asm/pgtable_types.h). */
public enum CacheMode {
  WB(0, CacheType.WRITE_BACK),
  WC(1, CacheType.WRITE_COMBINING),
  UC_MINUS(2, CacheType.UNCACHED_MINUS),
  UC(3, CacheType.UNCACHED),
  WT(4, CacheType.WRITE_THROUGH),
  WP(5, CacheType.WRITE_PROTECTED);

  private final int value;
  private final CacheType cacheType;

  CacheMode(int value, CacheType cacheType) {
    this.value = value;
    this.cacheType = cacheType;
  }

  /** The value in Linux's header. */
  public int value() {
    return value;
  }

  /** The x86 memory type. */
  public CacheType cacheType() {
    return cacheType;
  }

  /** The mode of a caller's value, or empty if there is none. */
  public static Optional<CacheMode> of(int value) {
    return Arrays.stream(values()).filter(mode -> mode.value == value).findFirst();
  }

  /** The mode that requests a memory type; a request always specifies one. */
  static CacheMode of(RequestedType type) {
    return switch (type) {
      case CACHED, HARDWARE_COHERENT_CACHED -> WB;
      case UNCACHED, NON_CACHED_UNORDERED -> UC;
      case WRITE_COMBINED, USWC_CACHED -> WC;
      case UNCACHED_MINUS -> UC_MINUS;
      case WRITE_THROUGH -> WT;
      case WRITE_PROTECTED -> WP;
    };
  }
}
