package io.pagestream.images.rangemap;

import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.RangeKind;
import java.util.Locale;

/** Precedence and cache types of the kinds of ranges. */
final class Kinds {
  /** End of the ISA window, which Linux does not track below: arch/x86/include/asm/e820/types.h. */
  private static final long ISA_START = 0xa0000;

  private static final long ISA_END = 0x100000;

  private Kinds() {}

  /**
   * Whether two sources that assign these kinds to a range contradict each other. They do not if
   * one has no information, if one is merely more precise (firmware reserves both ACPI tables and
   * devices), or if the kinds are equivalent.
   */
  static boolean contradict(RangeKind a, RangeKind b) {
    if (a == b || a == RangeKind.UNKNOWN || b == RangeKind.UNKNOWN) {
      return false;
    }
    if (a == RangeKind.FIRMWARE_RESERVED || b == RangeKind.FIRMWARE_RESERVED) {
      RangeKind other = a == RangeKind.FIRMWARE_RESERVED ? b : a;
      return other == RangeKind.RAM || other == RangeKind.PERSISTENT;
    }
    return !(isDevice(a) && isDevice(b));
  }

  static boolean isDevice(RangeKind kind) {
    return kind == RangeKind.DEVICE || kind == RangeKind.FRAME_BUFFER;
  }

  /**
   * The PAT type that a page-table entry for such a range selects without other information: the
   * result of Linux's lookup_memtype without an entry (write-back for memory and for the ISA
   * window, else UC-), write-combining for frame buffers (arch/x86/mm/pat/memtype.c).
   */
  static CacheType askedOfThePat(RangeKind kind, long address) {
    return switch (kind) {
      case RAM, ACPI, PERSISTENT -> CacheType.WRITE_BACK;
      case FRAME_BUFFER -> CacheType.WRITE_COMBINING;
      case DEVICE, FIRMWARE_RESERVED ->
          isInIsaWindow(address) ? CacheType.WRITE_BACK : CacheType.UNCACHED_MINUS;
      case UNKNOWN -> CacheType.UNKNOWN;
    };
  }

  static boolean isInIsaWindow(long address) {
    return address >= ISA_START && address < ISA_END;
  }

  /** The name of the kind. */
  static String word(Enum<?> kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
