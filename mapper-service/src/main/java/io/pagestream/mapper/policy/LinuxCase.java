package io.pagestream.mapper.policy;

import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.page.Pages;

/**
 * One case for the decision table: facts and request in Linux's own terms.
 *
 * @param asked R: the requested type as changed by preceding rows; {@code UNKNOWN} if the request
 *     names none
 */
record LinuxCase(PageFacts facts, MappingRequest request, LinuxOptions options, CacheType asked) {
  /** First byte of the ISA window, the VGA's memory ({@code ISA_START_ADDRESS}). */
  static final long ISA_START = 0xa0000;

  /** End of the ISA window ({@code ISA_END_ADDRESS}); addresses below never count as memory. */
  static final long ISA_END = 0x100000;

  private static final long PHYSICAL_MASK = Pages.ADDRESS_LIMIT - 1;

  static LinuxCase of(PageFacts facts, MappingRequest request, LinuxOptions options) {
    CacheType asked =
        CacheMode.of(request.type()).map(CacheMode::cacheType).orElse(CacheType.UNKNOWN);
    return new LinuxCase(facts, request, options, asked);
  }

  LinuxCase asking(CacheType type) {
    return new LinuxCase(facts, request, options, type);
  }

  private long start() {
    return request.physicalAddress() & PHYSICAL_MASK;
  }

  /** Exclusive; wraps as in Linux, so it may be below the start. */
  private long end() {
    return ((request.physicalAddress() + request.sizeBytes() - 1) & PHYSICAL_MASK) + 1;
  }

  /**
   * Row L0; the limit on the size and the unknown type are additions of Pagestream, as Linux's
   * callers never pass them.
   */
  boolean invalid() {
    long size = request.sizeBytes();
    return size <= 0
        || size > Pages.ADDRESS_LIMIT
        || asked == CacheType.UNKNOWN
        || start() >= end();
  }

  boolean patDisabled() {
    return !options.patEnabled();
  }

  boolean inIsaWindow() {
    return start() >= ISA_START && end() <= ISA_END;
  }

  boolean partlyRam() {
    return facts.partlyMemory();
  }

  /** Memory below 1 MiB is tracked like I/O for legacy reasons ({@code pat_pagerange_is_ram}). */
  private boolean ram() {
    return facts.inPfnDatabase() && end() > ISA_END;
  }

  private boolean mmap() {
    return options.call() == LinuxCall.MMAP;
  }

  boolean reservesRam() {
    return ram() && !mmap();
  }

  boolean mapsRam() {
    return ram() && mmap();
  }

  boolean asks(CacheType type) {
    return asked == type;
  }

  /**
   * E: the tag of a page of memory, the type of the overlapping entry elsewhere. A tag is never UC;
   * a page without one counts as write-back (row L15).
   */
  CacheType existing() {
    if (!ram()) {
      return facts.liveMapping();
    }
    return switch (facts.established()) {
      case UNKNOWN, NOT_ESTABLISHED -> CacheType.WRITE_BACK;
      case UNCACHED -> CacheType.UNCACHED_MINUS;
      default -> facts.established();
    };
  }

  boolean tagIsWriteBack() {
    return existing() == CacheType.WRITE_BACK && !facts.aliased();
  }

  boolean mtrrIsNotWriteBack() {
    return facts.mtrr() != CacheType.UNKNOWN
        && facts.mtrr() != CacheType.NOT_ESTABLISHED
        && facts.mtrr() != CacheType.WRITE_BACK;
  }

  /** Outside of memory: an entry overlaps. */
  boolean overlaps() {
    return !ram()
        && facts.liveMapping() != CacheType.NOT_ESTABLISHED
        && facts.liveMapping() != CacheType.UNKNOWN;
  }

  boolean isIo() {
    return !ram();
  }

  /** Nothing says whether it is RAM, and it has no type, R, or one that is not known. */
  boolean undeterminedWithoutConflict() {
    return facts.undetermined() && !(overlaps() && (aliased() || !agrees()));
  }

  boolean aliased() {
    return facts.aliased();
  }

  boolean takesNoOtherType() {
    return options.call() == LinuxCall.RESERVE_EXACT;
  }

  /** E is R. Page tables do not distinguish UC from UC-, so these are equal. */
  boolean agrees() {
    return asked == existing() || (isUncached(asked) && isUncached(existing()));
  }

  private static boolean isUncached(CacheType type) {
    return type == CacheType.UNCACHED || type == CacheType.UNCACHED_MINUS;
  }

  /** {@code is_new_memtype_allowed}: whether R may become E; it may if they are equal. */
  boolean mayBecomeExisting() {
    return switch (existing()) {
      case WRITE_BACK ->
          asked != CacheType.UNCACHED_MINUS
              && asked != CacheType.WRITE_COMBINING
              && asked != CacheType.WRITE_THROUGH;
      case WRITE_COMBINING -> asked != CacheType.WRITE_THROUGH;
      default -> true;
    };
  }
}
