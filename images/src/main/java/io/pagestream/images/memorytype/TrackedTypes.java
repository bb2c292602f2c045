package io.pagestream.images.memorytype;

import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;

/**
 * The memory types that Linux tracks for addresses outside of RAM ({@code
 * /sys/kernel/debug/x86/pat_memtype_list}): the PAT types that page tables request there.
 */
public final class TrackedTypes {
  /**
   * One entry, page aligned.
   *
   * @param start first address
   * @param end address after the last
   * @param type requested type
   */
  public record Entry(long start, long end, CacheType type) {
    /** Checks bounds. */
    public Entry {
      if (start < 0 || end <= start || end > Pages.ADDRESS_LIMIT) {
        throw new IllegalArgumentException("entry 0x%x to 0x%x".formatted(start, end));
      }
      start = Pages.floor(start);
      end = Pages.ceil(end);
    }
  }

  private TrackedTypes() {}

  /**
   * The entries as a type for every address: NOT_ESTABLISHED where there is no entry, UNKNOWN where
   * entries of different types overlap (which the kernel does not allow: the list is damaged).
   */
  public static MemoryTypeRanges ranges(List<Entry> entries) {
    List<Entry> sorted = new ArrayList<>(entries);
    sorted.sort(Comparator.comparingLong(Entry::start));
    TreeSet<Long> cuts = new TreeSet<>();
    cuts.add(0L);
    for (Entry entry : sorted) {
      cuts.add(entry.start());
      cuts.add(entry.end());
    }
    MemoryTypeRanges.Builder ranges = new MemoryTypeRanges.Builder();
    PriorityQueue<Entry> open = new PriorityQueue<>(Comparator.comparingLong(Entry::end));
    Map<CacheType, Integer> openOfType = new EnumMap<>(CacheType.class);
    int next = 0;
    for (long cut : cuts.headSet(Pages.ADDRESS_LIMIT)) {
      while (!open.isEmpty() && open.element().end() <= cut) {
        openOfType.computeIfPresent(
            open.remove().type(), (type, count) -> count == 1 ? null : count - 1);
      }
      while (next < sorted.size() && sorted.get(next).start() == cut) {
        openOfType.merge(sorted.get(next).type(), 1, Integer::sum);
        open.add(sorted.get(next++));
      }
      ranges.from(cut, typeOf(openOfType.keySet()));
    }
    return ranges.build();
  }

  private static CacheType typeOf(Set<CacheType> types) {
    return switch (types.size()) {
      case 0 -> CacheType.NOT_ESTABLISHED;
      case 1 -> types.iterator().next();
      default -> CacheType.UNKNOWN;
    };
  }
}
