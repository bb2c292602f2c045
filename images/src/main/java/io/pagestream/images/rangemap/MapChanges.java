package io.pagestream.images.rangemap;

import io.pagestream.images.interval.AscendingLookup;
import io.pagestream.images.interval.Interval;
import io.pagestream.images.interval.Intervals;
import io.pagestream.schemas.avro.AddressRange;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The addresses for which two range maps differ. */
final class MapChanges {
  private MapChanges() {}

  /** Sorted, disjoint stretches. */
  static List<Interval> between(List<AddressRange> one, List<AddressRange> other) {
    TreeSet<Long> edges = new TreeSet<>();
    addEdges(one, edges);
    addEdges(other, edges);
    AscendingLookup<AddressRange> ofOne = lookup(one);
    AscendingLookup<AddressRange> ofOther = lookup(other);
    Intervals.Builder changes = new Intervals.Builder();
    Long start = null;
    for (Long edge : edges) {
      if (start != null && !same(ofOne.at(start), ofOther.at(start))) {
        changes.add(start, edge);
      }
      start = edge;
    }
    return changes.list();
  }

  private static AscendingLookup<AddressRange> lookup(List<AddressRange> ranges) {
    return new AscendingLookup<>(ranges, AddressRange::getPhysicalAddress, PhysicalMap::endOf);
  }

  private static void addEdges(List<AddressRange> ranges, Set<Long> edges) {
    for (AddressRange range : ranges) {
      edges.add(range.getPhysicalAddress());
      edges.add(PhysicalMap.endOf(range));
    }
  }

  /** Whether a page is judged equally: names and sources are ignored. */
  private static boolean same(@Nullable AddressRange one, @Nullable AddressRange other) {
    if (one == null || other == null) {
      return one == null && other == null;
    }
    return one.getKind() == other.getKind()
        && one.getEstablished() == other.getEstablished()
        && one.getLargePages() == other.getLargePages();
  }
}
