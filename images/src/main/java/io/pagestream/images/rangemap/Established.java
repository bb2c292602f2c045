package io.pagestream.images.rangemap;

import io.pagestream.images.memorytype.CacheFacts;
import io.pagestream.images.memorytype.EffectiveType;
import io.pagestream.images.memorytype.MemoryTypeRanges;
import io.pagestream.images.memorytype.MtrrState;
import io.pagestream.images.memorytype.TrackedTypes;
import io.pagestream.images.rangesource.Claim;
import io.pagestream.images.rangesource.SideFacts;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.RangeKind;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The established cache attribute of a range's pages, as far as sidecars contain it: the MTRR type
 * combined with the type that the system tracks for the range, or otherwise with the type that page
 * tables request for its kind.
 */
final class Established {
  private static final MemoryTypeRanges UNKNOWN = MemoryTypeRanges.everywhere(CacheType.UNKNOWN);

  private final MemoryTypeRanges mtrr;
  private final MemoryTypeRanges tracked;
  private final boolean mtrrGiven;

  Established(SideFacts facts) {
    CacheFacts cache = facts.cache();
    this.mtrrGiven = cache.mtrr().isPresent();
    this.mtrr = cache.mtrr().map(MtrrState::ranges).orElse(UNKNOWN);
    this.tracked = TrackedTypes.ranges(facts.tracked());
  }

  /** Addresses at which a type changes: between two of them all types are constant. */
  LongStream cuts() {
    return LongStream.concat(starts(mtrr), starts(tracked));
  }

  private static LongStream starts(MemoryTypeRanges ranges) {
    return LongStream.range(0, ranges.size()).map(i -> ranges.start((int) i));
  }

  /** The type in the system's list for an address; NOT_ESTABLISHED if there is none. */
  CacheType trackedAt(long address) {
    return tracked.typeAt(address);
  }

  CacheType mtrrAt(long address) {
    return mtrr.typeAt(address);
  }

  /**
   * The kind that follows from how the system maps a range. A device's memory that is mapped
   * write-combining is prefetchable, like frame buffers: a PCI resource may be mapped in this way
   * only if reading it has no side effects (Linux, drivers/pci/pci-sysfs.c makes resourceN_wc for
   * prefetchable resources only).
   */
  RangeKind refine(RangeKind kind, long address) {
    return kind == RangeKind.DEVICE && trackedAt(address) == CacheType.WRITE_COMBINING
        ? RangeKind.FRAME_BUFFER
        : kind;
  }

  /** The attribute; with UNKNOWN, the mapper uses its default for the kind. */
  CacheType of(RangeKind kind, @Nullable Claim claim, long address) {
    if (claim != null && claim.established() != CacheType.UNKNOWN) {
      return claim.established();
    }
    CacheType listed = trackedAt(address);
    if (listed != CacheType.NOT_ESTABLISHED) {
      return EffectiveType.of(mtrrAt(address), listed);
    }
    return mtrrGiven
        ? EffectiveType.of(mtrrAt(address), Kinds.askedOfThePat(kind, address))
        : CacheType.UNKNOWN;
  }
}
