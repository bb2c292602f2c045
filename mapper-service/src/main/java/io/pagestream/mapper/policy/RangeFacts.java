package io.pagestream.mapper.policy;

import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.MappingSpan;
import io.pagestream.schemas.avro.RangeKind;
import org.jspecify.annotations.Nullable;

/**
 * Facts about a range's pages, alone or combined with the mappings of some of them in the image's
 * page tables. {@code docs/decisions/0006-page-tables-and-ranges.md} explains the precedence.
 */
public final class RangeFacts {
  private RangeFacts() {}

  /**
   * Facts by the range alone. No page of an image is known to be locked, and there is no
   * information about page tables and the mappings of drivers.
   */
  public static PageFacts of(AddressRange range) {
    CacheType established = establishedIn(range);
    boolean inPfnDatabase = inPfnDatabase(range.getKind());
    return new PageFacts(
        inPfnDatabase,
        established,
        range.getLargePages(),
        false,
        false,
        inPfnDatabase ? CacheType.NOT_ESTABLISHED : CacheType.UNKNOWN,
        established,
        false,
        false,
        isUndetermined(range.getKind()));
  }

  /**
   * Facts of pages outside of all ranges: a hole, which the memory manager does not know.
   *
   * @param tables the information of the image's page tables, or null if there is none
   */
  public static PageFacts ofHole(@Nullable MappingSpan tables) {
    CacheType live = tables == null ? CacheType.UNKNOWN : tables.getEstablished();
    return new PageFacts(
        false,
        live,
        tables != null && tables.getLargePage(),
        false,
        tables != null && tables.getPagingStructure(),
        live,
        CacheType.UNKNOWN,
        false,
        tables != null && MappedTypes.disagree(tables));
  }

  /** Facts of pages for which the image's page tables have information too. */
  public static PageFacts of(AddressRange range, MappingSpan tables) {
    boolean answered = tables.getEstablished() != CacheType.UNKNOWN;
    boolean inPfnDatabase = inPfnDatabase(range.getKind());
    CacheType byRange = establishedIn(range);
    CacheType established = answered ? tables.getEstablished() : byRange;
    return new PageFacts(
        inPfnDatabase,
        established,
        tables.getLargePage() || (!answered && range.getLargePages()),
        false,
        tables.getPagingStructure(),
        // A mapping outside of memory is a live I/O mapping in the terms of the rows.
        inPfnDatabase ? CacheType.NOT_ESTABLISHED : tables.getEstablished(),
        byRange,
        false,
        MappedTypes.disagree(tables),
        isUndetermined(range.getKind()));
  }

  /**
   * The kind that follows from how the system maps pages: device memory that it maps
   * write-combining is a frame buffer, as in the range map, because only memory that can be read
   * without side effects is mapped so.
   */
  static RangeKind kindAsMapped(AddressRange range, MappingSpan tables) {
    return range.getKind() == RangeKind.DEVICE
            && tables.getEstablished() == CacheType.WRITE_COMBINING
        ? RangeKind.FRAME_BUFFER
        : range.getKind();
  }

  /**
   * Whether Windows keeps page-frame entries for a kind: it does for the ranges that
   * MmGetPhysicalMemoryRanges lists. That an image has bytes for a page does not make it memory:
   * raw images contain padding for devices too.
   */
  public static boolean inPfnDatabase(RangeKind kind) {
    return switch (kind) {
      case RAM -> true;
      case UNKNOWN, DEVICE, FRAME_BUFFER, FIRMWARE_RESERVED, ACPI, PERSISTENT -> false;
    };
  }

  private static boolean isUndetermined(RangeKind kind) {
    return kind == RangeKind.UNKNOWN;
  }

  private static CacheType establishedIn(AddressRange range) {
    if (range.getEstablished() != CacheType.UNKNOWN) {
      return range.getEstablished();
    }
    return switch (range.getKind()) {
      case RAM, ACPI, PERSISTENT -> CacheType.WRITE_BACK;
      case DEVICE, FIRMWARE_RESERVED -> CacheType.UNCACHED;
      case FRAME_BUFFER -> CacheType.WRITE_COMBINING;
      // Large pages are always cached, regardless of their content.
      case UNKNOWN -> range.getLargePages() ? CacheType.WRITE_BACK : CacheType.UNKNOWN;
    };
  }
}
