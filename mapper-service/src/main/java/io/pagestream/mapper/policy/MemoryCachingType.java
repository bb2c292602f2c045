package io.pagestream.mapper.policy;

import java.util.Optional;

/**
 * Windows' {@code MEMORY_CACHING_TYPE} and the corresponding value inside the memory manager
 * ({@code docs/cache-policy.md}, "Requested types"). The translation is the same for memory and for
 * I/O space on x86 (ReactOS, ntoskrnl/mm/ARM3/iosup.c).
 */
public enum MemoryCachingType {
  MM_NON_CACHED(0, WindowsAttribute.NON_CACHED),
  MM_CACHED(1, WindowsAttribute.CACHED),
  MM_WRITE_COMBINED(2, WindowsAttribute.WRITE_COMBINED),
  MM_HARDWARE_COHERENT_CACHED(3, WindowsAttribute.CACHED),
  MM_NON_CACHED_UNORDERED(4, WindowsAttribute.NON_CACHED),
  MM_USWC_CACHED(5, WindowsAttribute.WRITE_COMBINED);

  /** {@code MmMaximumCacheType}: the first value that is not a type. */
  public static final int MAXIMUM = 6;

  /** {@code MmNotMapped}; masked it is 0xFF, so a request with it is refused. */
  public static final int MM_NOT_MAPPED = -1;

  /** The memory manager uses only the low 8 bits: 0x101 acts as 1 (ReactOS, iosup.c). */
  private static final int MASK = 0xff;

  private final int value;
  private final WindowsAttribute attribute;

  MemoryCachingType(int value, WindowsAttribute attribute) {
    this.value = value;
    this.attribute = attribute;
  }

  /** The value in Windows' headers. */
  public int value() {
    return value;
  }

  /** The corresponding value in the page-frame entry. */
  public WindowsAttribute attribute() {
    return attribute;
  }

  /** The effective type of a caller's value, or empty if the request must fail. */
  public static Optional<MemoryCachingType> of(int callersValue) {
    int masked = callersValue & MASK;
    return masked < MAXIMUM ? Optional.of(values()[masked]) : Optional.empty();
  }
}
