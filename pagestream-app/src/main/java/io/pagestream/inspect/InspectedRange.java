package io.pagestream.inspect;

import io.pagestream.cases.text.HostileText;
import io.pagestream.cases.text.Words;
import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.images.rangemap.PhysicalMap;
import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A range of the map and the part of it that is in the image.
 *
 * @param range the range
 * @param heldPages its pages that are in the image
 */
record InspectedRange(AddressRange range, long heldPages) {
  /** The ranges of a map with the pages of each that are in an image; both sorted by address. */
  static List<InspectedRange> of(List<AddressRange> ranges, List<PhysicalExtent> extents) {
    List<InspectedRange> inspected = new ArrayList<>();
    int first = 0;
    for (AddressRange range : ranges) {
      long start = range.getPhysicalAddress();
      long end = PhysicalMap.endOf(range);
      while (first < extents.size() && extents.get(first).endAddress() <= start) {
        first++;
      }
      long held = 0;
      int i = first;
      while (i < extents.size() && extents.get(i).physicalAddress() < end) {
        PhysicalExtent extent = extents.get(i++);
        held += Math.min(end, extent.endAddress()) - Math.max(start, extent.physicalAddress());
      }
      inspected.add(new InspectedRange(range, Pages.frameNumber(held)));
    }
    return inspected;
  }

  long start() {
    return range.getPhysicalAddress();
  }

  long end() {
    return PhysicalMap.endOf(range);
  }

  /** The source: the provenance, or the sidecar. */
  private String saidBy() {
    return range.getSource().isEmpty() ? Words.of(range.getProvenance()) : range.getSource();
  }

  String line() {
    String established =
        range.getEstablished() == CacheType.UNKNOWN ? "" : ", " + Words.of(range.getEstablished());
    String absent =
        heldPages == range.getPageCount()
            ? ""
            : heldPages == 0
                ? "  [absent]"
                : "  [%,d pages absent]".formatted(range.getPageCount() - heldPages);
    return row(
        "range",
        start(),
        end(),
        "%s%s (%s) %s%s"
            .formatted(
                Words.of(range.getKind()),
                established,
                saidBy(),
                HostileText.printable(range.getName()),
                absent));
  }

  static String row(String word, long from, long to, String what) {
    return "  %-9s 0x%012x - 0x%012x  %,12d pages  %s"
        .formatted(word, from, to - 1, Pages.frameNumber(to - from), what)
        .stripTrailing();
  }

  Map<String, Object> tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("physicalAddress", range.getPhysicalAddress());
    tree.put("pageCount", range.getPageCount());
    tree.put("heldPages", heldPages);
    tree.put("kind", Words.of(range.getKind()));
    tree.put("established", Words.of(range.getEstablished()));
    tree.put("provenance", Words.of(range.getProvenance()));
    tree.put("source", range.getSource());
    tree.put("name", range.getName());
    return tree;
  }
}
