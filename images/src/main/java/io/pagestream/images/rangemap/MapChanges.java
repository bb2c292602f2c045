package io.pagestream.images.rangemap;

import io.pagestream.schemas.avro.AddressRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Where two range maps say different things of the same addresses. */
final class MapChanges {
  private MapChanges() {}

  /** Sorted, disjoint stretches as start and end; the end is exclusive. */
  static List<long[]> between(List<AddressRange> one, List<AddressRange> other) {
    TreeSet<Long> edges = new TreeSet<>();
    addEdges(one, edges);
    addEdges(other, edges);
    Cursor ofOne = new Cursor(one);
    Cursor ofOther = new Cursor(other);
    List<long[]> changes = new ArrayList<>();
    Long start = null;
    for (Long edge : edges) {
      if (start != null && !same(ofOne.at(start), ofOther.at(start))) {
        add(start, edge, changes);
      }
      start = edge;
    }
    return changes;
  }

  private static void addEdges(List<AddressRange> ranges, Set<Long> edges) {
    for (AddressRange range : ranges) {
      edges.add(range.getPhysicalAddress());
      edges.add(PhysicalMap.endOf(range));
    }
  }

  private static void add(long start, long end, List<long[]> changes) {
    if (!changes.isEmpty() && changes.getLast()[1] == start) {
      changes.getLast()[1] = end;
    } else {
      changes.add(new long[] {start, end});
    }
  }

  /** Whether a page is judged alike: names and sources do not count. */
  private static boolean same(@Nullable AddressRange one, @Nullable AddressRange other) {
    if (one == null || other == null) {
      return one == null && other == null;
    }
    return one.getKind() == other.getKind()
        && one.getEstablished() == other.getEstablished()
        && one.getLargePages() == other.getLargePages();
  }

  /** Finds the range at ascending addresses. */
  private static final class Cursor {
    private final List<AddressRange> ranges;
    private int next;

    Cursor(List<AddressRange> ranges) {
      this.ranges = ranges;
    }

    @Nullable AddressRange at(long address) {
      while (next < ranges.size() && PhysicalMap.endOf(ranges.get(next)) <= address) {
        next++;
      }
      return next < ranges.size() && ranges.get(next).getPhysicalAddress() <= address
          ? ranges.get(next)
          : null;
    }
  }
}
