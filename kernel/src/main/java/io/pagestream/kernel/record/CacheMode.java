package io.pagestream.kernel.record;

import io.pagestream.schemas.avro.CacheType;

/** Linux's {@code enum page_cache_mode} (arch/x86/include/asm/pgtable_types.h). */
final class CacheMode {
  private CacheMode() {}

  static CacheType of(long number) {
    return switch ((int) number) {
      case 0 -> CacheType.WRITE_BACK;
      case 1 -> CacheType.WRITE_COMBINING;
      case 2 -> CacheType.UNCACHED_MINUS;
      case 3 -> CacheType.UNCACHED;
      case 4 -> CacheType.WRITE_THROUGH;
      case 5 -> CacheType.WRITE_PROTECTED;
      default -> CacheType.UNKNOWN;
    };
  }
}
