package io.pagestream.images.rangemap;

import io.pagestream.images.interval.AscendingLookup;
import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.images.rangesource.Claim;
import io.pagestream.images.rangesource.RangeSource;
import io.pagestream.images.rangesource.SideFacts;
import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.RangeProvenance;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Combines the extents of the image with the claims of its sidecars, in one pass by address. The
 * image's container defines which pages exist; their kind is taken from the most trusted source
 * that has information (docs/decisions/0005-who-says-what-a-range-is.md).
 */
final class RangeAssembly {
  private final List<PhysicalExtent> extents;
  private final AscendingLookup<PhysicalExtent> heldExtents;
  private final List<Layer> layers = new ArrayList<>();
  private final Established established;
  private final Contradictions contradictions = new Contradictions();
  private final AddressRanges ranges = new AddressRanges();
  private final List<RangeSource> sources;

  RangeAssembly(List<PhysicalExtent> extents, SideFacts facts) {
    this.extents = extents;
    this.heldExtents =
        new AscendingLookup<>(extents, PhysicalExtent::physicalAddress, PhysicalExtent::endAddress);
    this.established = new Established(facts);
    this.sources = facts.sources();
    for (RangeSource source : facts.sources()) {
      layers.add(Layer.of(source));
    }
  }

  /** Sorted, disjoint ranges that cover exactly the extents and the claims. */
  List<AddressRange> assemble() {
    long[] cuts = cuts();
    for (int i = 0; i + 1 < cuts.length; i++) {
      add(cuts[i], cuts[i + 1]);
    }
    return ranges.list();
  }

  /** The contradictions; available after {@link #assemble}. */
  List<String> warnings() {
    return contradictions.sentences();
  }

  private long[] cuts() {
    Stream<LongStream> all =
        Stream.of(
            extents.stream()
                .flatMapToLong(
                    extent -> LongStream.of(extent.physicalAddress(), extent.endAddress())),
            sources.stream()
                .flatMap(source -> source.claims().stream())
                .flatMapToLong(claim -> LongStream.of(claim.start(), claim.end())),
            established.cuts(),
            LongStream.of(Pages.ADDRESS_LIMIT));
    return all.flatMapToLong(cuts -> cuts).sorted().distinct().toArray();
  }

  private void add(long start, long end) {
    PhysicalExtent extent = heldExtents.at(start);
    Claim best = null;
    Layer source = null;
    for (Layer layer : layers) {
      Claim claim = layer.claims().at(start);
      if (claim == null) {
        continue;
      }
      if (best == null) {
        best = claim;
        source = layer;
      } else if (best.kind() == RangeKind.UNKNOWN && claim.kind() != RangeKind.UNKNOWN) {
        best = claim;
        source = layer;
      } else if (Kinds.contradict(best.kind(), claim.kind())) {
        contradictions.add(
            start,
            end,
            said(java.util.Objects.requireNonNull(source).word(), best)
                + ", "
                + said(layer.word(), claim));
      }
    }
    if (extent == null && best == null) {
      return;
    }
    Layer list = incompleteList(start, source);
    if (list != null && (best == null || best.kind() == RangeKind.UNKNOWN || isMemory(best))) {
      unlisted(start, end, extent, best, source, list);
      return;
    }
    if (best == null || source == null || (best.kind() == RangeKind.UNKNOWN && extent != null)) {
      held(start, end, java.util.Objects.requireNonNull(extent), best);
    } else {
      claimed(start, end, extent, best, source);
    }
  }

  /**
   * A list of Windows' memory ranges that does not contain an address, unless a more trusted source
   * has information about it. The list is complete: MmGetPhysicalMemoryRanges returns all memory
   * that the system manages.
   */
  private @Nullable Layer incompleteList(long start, @Nullable Layer source) {
    for (Layer layer : layers) {
      if (source != null && layer.word().equals(source.word())) {
        return null;
      }
      if (layer.isListOfMemory() && layer.claims().at(start) == null) {
        return layer;
      }
    }
    return null;
  }

  private static boolean isMemory(Claim claim) {
    return claim.kind() == RangeKind.RAM;
  }

  /** Memory that Windows does not manage; its tools call it "hardware reserved". */
  private void unlisted(
      long start,
      long end,
      @Nullable PhysicalExtent extent,
      @Nullable Claim claim,
      @Nullable Layer source,
      Layer list) {
    String unlisted = list.word() + " does not list it";
    if (claim != null && source != null && isMemory(claim)) {
      contradictions.add(start, end, said(source.word(), claim) + ", " + unlisted);
    } else if (extent != null && extent.kind() == RangeKind.RAM) {
      contradictions.add(
          start,
          end,
          "%s says ram (%s), %s"
              .formatted(Kinds.word(extent.provenance()), bounded(extent.name()), unlisted));
    }
    RangeKind kind = RangeKind.FIRMWARE_RESERVED;
    CacheType type = established.of(kind, claim, start);
    add(start, end, kind, list.provenance(), type, "not in the list", list.word());
  }

  /** A range of the image whose kind is not in any sidecar. */
  private void held(long start, long end, PhysicalExtent extent, @Nullable Claim claim) {
    RangeKind kind = established.refine(extent.kind(), start);
    warnOfUncachedMemory(start, end, kind, Kinds.word(extent.provenance()));
    CacheType type = established.of(kind, claim, start);
    add(start, end, kind, extent.provenance(), type, bounded(extent.name()), "");
  }

  private void claimed(
      long start, long end, @Nullable PhysicalExtent extent, Claim claim, Layer layer) {
    String source = layer.word();
    RangeKind kind = established.refine(claim.kind(), start);
    if (extent == null && claim.kind() == RangeKind.RAM) {
      contradictions.add(start, end, source + " says ram, but the image does not contain it");
    }
    // A container has one term for everything that it contains; only a device contradicts it.
    if (extent != null && extent.kind() == RangeKind.RAM && Kinds.isDevice(kind)) {
      contradictions.add(
          start,
          end,
          "%s says ram (%s), %s"
              .formatted(
                  Kinds.word(extent.provenance()), bounded(extent.name()), said(source, claim)));
    }
    warnOfUncachedMemory(start, end, kind, source);
    CacheType type = established.of(kind, claim, start);
    add(start, end, kind, layer.provenance(), type, claim.name(), source);
  }

  private void add(
      long start,
      long end,
      RangeKind kind,
      RangeProvenance provenance,
      CacheType type,
      String name,
      String source) {
    ranges.add(
        start, end, new AddressRange(start, 0L, kind, provenance, type, false, name, source));
  }

  private void warnOfUncachedMemory(long start, long end, RangeKind kind, String source) {
    CacheType type = established.mtrrAt(start);
    boolean contradicts =
        kind == RangeKind.RAM && type != CacheType.WRITE_BACK && type != CacheType.UNKNOWN;
    if (contradicts) {
      contradictions.add(
          start, end, "%s says ram, the MTRRs say %s".formatted(source, Kinds.word(type)));
    }
  }

  private static String said(String source, Claim claim) {
    String name = claim.name().isEmpty() ? "" : " (" + claim.name() + ")";
    return source + " says " + Kinds.word(claim.kind()) + name;
  }

  private static String bounded(String name) {
    return name.length() <= Claim.MOST_NAME ? name : name.substring(0, Claim.MOST_NAME);
  }
}
