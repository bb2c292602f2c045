package io.pagestream.images.rangemap;

import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.images.rangesource.SideFacts;
import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.avro.RangeKind;
import java.util.ArrayList;
import java.util.List;

/** Makes range maps that fit into a manifest. */
public final class PhysicalMaps {
  private PhysicalMaps() {}

  /** The map of an image without sidecars. */
  public static PhysicalMap of(List<PhysicalExtent> extents) {
    return of(extents, SideFacts.NONE);
  }

  /**
   * The map of an image.
   *
   * @param extents its extents: sorted, disjoint
   * @param facts the content of its sidecars
   */
  public static PhysicalMap of(List<PhysicalExtent> extents, SideFacts facts) {
    RangeAssembly assembly = new RangeAssembly(extents, facts);
    List<AddressRange> ranges = assembly.assemble();
    List<String> warnings = new ArrayList<>(facts.warnings());
    warnings.addAll(assembly.warnings());
    if (ranges.size() > PhysicalMap.MOST_RANGES) {
      ranges = bounded(ranges, extents, warnings);
    }
    long pages = ranges.stream().mapToLong(AddressRange::getPageCount).sum();
    long held = extents.stream().mapToLong(PhysicalExtent::pageCount).sum();
    return new PhysicalMap(ranges, pages - held, warnings);
  }

  /** Reductions in the order of their cost: names, small gaps, sidecars, kinds. */
  private static List<AddressRange> bounded(
      List<AddressRange> ranges, List<PhysicalExtent> extents, List<String> warnings) {
    int most = PhysicalMap.MOST_RANGES;
    List<AddressRange> fewer = AddressRanges.fewer(ranges, most);
    if (fewer.size() <= most) {
      return fewer;
    }
    warnings.add(
        "the sources contain %,d ranges, but a manifest holds %,d: sidecars are ignored for the map"
            .formatted(ranges.size(), most));
    fewer = AddressRanges.fewer(new RangeAssembly(extents, SideFacts.NONE).assemble(), most);
    if (fewer.size() <= most) {
      return fewer;
    }
    warnings.add("the image has too many ranges to keep their kinds");
    List<PhysicalExtent> plain =
        extents.stream()
            .map(extent ->
                new PhysicalExtent(
                    extent.physicalAddress(),
                    extent.pageCount(),
                    RangeKind.UNKNOWN,
                    extents.getFirst().provenance(),
                    ""))
            .toList();
    return AddressRanges.fewer(new RangeAssembly(plain, SideFacts.NONE).assemble(), most);
  }
}
