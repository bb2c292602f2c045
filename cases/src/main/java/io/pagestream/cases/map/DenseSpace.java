package io.pagestream.cases.map;

import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The pages of a range map numbered from 0 without the holes between ranges, which can be a
 * thousand times as large as the memory. Immutable.
 */
public final class DenseSpace {
  private final List<AddressRange> ranges;
  private final long[] addresses;
  private final long[] places;
  private final long pages;

  /** The space of ranges that are sorted by address and disjoint. */
  public DenseSpace(List<AddressRange> ranges) {
    this.ranges = List.copyOf(ranges);
    this.addresses = new long[ranges.size()];
    this.places = new long[ranges.size()];
    long before = 0;
    for (int i = 0; i < addresses.length; i++) {
      addresses[i] = ranges.get(i).getPhysicalAddress();
      places[i] = before;
      before += ranges.get(i).getPageCount();
    }
    this.pages = before;
  }

  /** Number of pages in the map. */
  public long pages() {
    return pages;
  }

  /** The ranges. */
  public List<AddressRange> ranges() {
    return ranges;
  }

  /** A range with the number of its first page. */
  public record Placed(long place, AddressRange range) {}

  /** The ranges that have pages from one number to before another. */
  public List<Placed> within(long from, long to) {
    List<Placed> within = new ArrayList<>();
    for (int i = Math.max(0, indexAtOrBefore(places, from)); i < places.length; i++) {
      if (places[i] >= to) {
        break;
      }
      within.add(new Placed(places[i], ranges.get(i)));
    }
    return within;
  }

  /** Physical address of a page, given its number, which must be within the map. */
  public long addressOf(long place) {
    int i = indexAtOrBefore(places, place);
    return addresses[i] + Pages.address(place - places[i]);
  }

  /**
   * Number of the page at an address; for an address in a hole, the number of the first page after
   * it, and {@link #pages} after the last.
   */
  public long placeOf(long physicalAddress) {
    int i = indexAtOrBefore(addresses, physicalAddress);
    if (i < 0) {
      return 0;
    }
    long within = Pages.frameNumber(physicalAddress - addresses[i]);
    return places[i] + Math.min(within, ranges.get(i).getPageCount());
  }

  private static int indexAtOrBefore(long[] sorted, long value) {
    int found = Arrays.binarySearch(sorted, value);
    return found >= 0 ? found : -found - 2;
  }
}
