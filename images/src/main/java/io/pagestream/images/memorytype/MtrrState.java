package io.pagestream.images.memorytype;

import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.page.Pages;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The memory type of every physical address according to a processor's MTRRs (Intel SDM vol. 3A,
 * 11.11).
 *
 * @param enabled bit 11 of IA32_MTRR_DEF_TYPE; without it all memory is uncached
 * @param defaultType bits 7:0 of IA32_MTRR_DEF_TYPE: the type of all other addresses; UNKNOWN if it
 *     is not known ({@code /proc/mtrr} does not contain it)
 * @param fixed the fixed ranges, which have precedence below 1 MiB; empty if they are disabled
 * @param variable the variable ranges in use
 * @param topMem2 AMD's TOP_MEM2 if SYSCFG makes memory from 4 GiB up to it write-back regardless of
 *     the MTRRs (Linux, arch/x86/kernel/cpu/mtrr/generic.c); otherwise 0
 */
public record MtrrState(
    boolean enabled,
    CacheType defaultType,
    Optional<FixedRanges> fixed,
    List<VariableRange> variable,
    long topMem2) {
  /** Bits 7:0 of IA32_MTRRCAP count the variable ranges. */
  public static final int MOST_VARIABLE_RANGES = 255;

  private static final long FOUR_GIB = 1L << 32;

  /** Copies the list. */
  public MtrrState {
    variable = List.copyOf(variable);
    topMem2 = Pages.floor(Math.clamp(topMem2, 0, Pages.ADDRESS_LIMIT));
    if (variable.size() > MOST_VARIABLE_RANGES) {
      throw new IllegalArgumentException(variable.size() + " variable ranges");
    }
  }

  /** The memory type of an address. */
  public CacheType typeAt(long physicalAddress) {
    if (!enabled) {
      return CacheType.UNCACHED;
    }
    if (fixed.isPresent() && physicalAddress < FixedRanges.END) {
      return fixed.get().typeAt(physicalAddress);
    }
    if (physicalAddress >= FOUR_GIB && physicalAddress < topMem2) {
      return CacheType.WRITE_BACK;
    }
    boolean covered = false;
    CacheType type = defaultType;
    for (VariableRange range : variable) {
      if (range.covers(physicalAddress)) {
        type = covered ? overlap(type, range.type()) : range.type();
        covered = true;
      }
    }
    return type;
  }

  /**
   * The type where two variable ranges overlap (Intel SDM vol. 3A, 11.11.4.1): equal types are
   * themselves, UC overrides all others, WT overrides WB. The manual leaves all other pairs
   * undefined; they are treated as uncached, as in Linux.
   */
  static CacheType overlap(CacheType a, CacheType b) {
    if (a == b) {
      return a;
    }
    if (a == CacheType.UNCACHED || b == CacheType.UNCACHED) {
      return CacheType.UNCACHED;
    }
    if (a == CacheType.UNKNOWN || b == CacheType.UNKNOWN) {
      return CacheType.UNKNOWN;
    }
    return isWriteBackOrThrough(a) && isWriteBackOrThrough(b)
        ? CacheType.WRITE_THROUGH
        : CacheType.UNCACHED;
  }

  private static boolean isWriteBackOrThrough(CacheType type) {
    return type == CacheType.WRITE_BACK || type == CacheType.WRITE_THROUGH;
  }

  /** The whole physical address space by type. */
  public MemoryTypeRanges ranges() {
    TreeSet<Long> starts = new TreeSet<>();
    starts.add(0L);
    starts.add(FixedRanges.END);
    for (int i = 0; i < fixed.map(ranges -> ranges.types().size()).orElse(0); i++) {
      starts.add(FixedRanges.startOf(i));
    }
    for (VariableRange range : variable) {
      for (long start : range.blockStarts()) {
        starts.add(start);
        starts.add(start + range.blockSize());
      }
    }
    starts.add(FOUR_GIB);
    starts.add(topMem2);
    MemoryTypeRanges.Builder ranges = new MemoryTypeRanges.Builder();
    for (long start : starts.headSet(Pages.ADDRESS_LIMIT)) {
      ranges.from(start, typeAt(start));
    }
    return ranges.build();
  }
}
