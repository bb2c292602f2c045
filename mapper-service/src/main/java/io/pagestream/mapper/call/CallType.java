package io.pagestream.mapper.call;

import io.pagestream.mapper.policy.MemoryCachingType;
import io.pagestream.schemas.avro.CacheType;

/**
 * The type argument of a call: a cache type, a page protection, or flags, depending on the routine.
 *
 * @param title the argument in the routine's own terms, for example {@code MmCached}
 * @param number the argument as a number, exactly as the caller passes it; in the numbering of the
 *     profile for routines that take no number
 * @param requested the cache type that it requests; UNKNOWN if it requests none or is not valid
 * @param valid whether the routine accepts it
 */
public record CallType(String title, int number, CacheType requested, boolean valid) {
  /**
   * The number by which the rows of the profile know the type: the value of MEMORY_CACHING_TYPE for
   * the protection of MmMapIoSpaceEx, otherwise {@link #number()}.
   */
  int number(Routine routine) {
    if (routine != Routine.MM_MAP_IO_SPACE_EX) {
      return number;
    }
    return switch (requested) {
      case UNCACHED -> MemoryCachingType.MM_NON_CACHED.value();
      case WRITE_COMBINING -> MemoryCachingType.MM_WRITE_COMBINED.value();
      case WRITE_BACK -> MemoryCachingType.MM_CACHED.value();
      default -> MemoryCachingType.MAXIMUM;
    };
  }
}
