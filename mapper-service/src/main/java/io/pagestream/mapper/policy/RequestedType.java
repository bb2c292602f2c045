package io.pagestream.mapper.policy;

import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A cache type as named by users: every {@code MEMORY_CACHING_TYPE} of Windows, and the types of
 * x86 without an equivalent in Windows.
 */
public enum RequestedType {
  CACHED(CacheType.WRITE_BACK, MemoryCachingType.MM_CACHED),
  UNCACHED(CacheType.UNCACHED, MemoryCachingType.MM_NON_CACHED),
  WRITE_COMBINED(CacheType.WRITE_COMBINING, MemoryCachingType.MM_WRITE_COMBINED),
  HARDWARE_COHERENT_CACHED(CacheType.WRITE_BACK, MemoryCachingType.MM_HARDWARE_COHERENT_CACHED),
  NON_CACHED_UNORDERED(CacheType.UNCACHED, MemoryCachingType.MM_NON_CACHED_UNORDERED),
  USWC_CACHED(CacheType.WRITE_COMBINING, MemoryCachingType.MM_USWC_CACHED),
  UNCACHED_MINUS(CacheType.UNCACHED_MINUS, null),
  WRITE_THROUGH(CacheType.WRITE_THROUGH, null),
  WRITE_PROTECTED(CacheType.WRITE_PROTECTED, null);

  private final CacheType cacheType;
  private final @Nullable MemoryCachingType windows;

  RequestedType(CacheType cacheType, @Nullable MemoryCachingType windows) {
    this.cacheType = cacheType;
    this.windows = windows;
  }

  /** The requested x86 memory type. */
  public CacheType cacheType() {
    return cacheType;
  }

  /** Windows' value, or empty if it has none for this type. */
  public Optional<MemoryCachingType> windows() {
    return Optional.ofNullable(windows);
  }

  /** The name on the command line, for example {@code write-combined}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The type with a name.
   *
   * @throws PagestreamException {@link ErrorCode#USAGE} if there is none
   */
  public static RequestedType named(String word) {
    for (RequestedType type : values()) {
      if (type.word().equals(word)) {
        return type;
      }
    }
    throw PagestreamException.of(
        ErrorCode.USAGE,
        "there is no cache type '" + word + "'",
        "choose one of: "
            + Arrays.stream(values()).map(RequestedType::word).collect(Collectors.joining(", ")));
  }
}
