package io.pagestream.mapper.range;

import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.RangeProvenance;
import io.pagestream.schemas.codec.TrustedRecords;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The range map of one image: sorted, disjoint, page-aligned ranges of physical addresses below
 * {@link Pages#ADDRESS_LIMIT}. Addresses outside all ranges are gaps. Immutable; a look-up takes
 * O(log n) and does not allocate.
 */
public final class RangeMap {
  static {
    TrustedRecords.trust(); // copies of ranges are made before any codec exists
  }

  /** The VGA's memory (IBM PC architecture; Linux, vga16fb.c and e820's ISA window). */
  private static final long VGA_START = 0xa0000;

  private static final long VGA_END = 0xc0000;

  private final AddressRange[] ranges;
  private final long[] starts;
  private final long[] ends;
  private final long pages;

  private RangeMap(AddressRange[] ranges, long[] starts, long[] ends, long pages) {
    this.ranges = ranges;
    this.starts = starts;
    this.ends = ends;
    this.pages = pages;
  }

  /**
   * The map of a manifest's ranges.
   *
   * @throws PagestreamException {@link ErrorCode#RECORD_CORRUPT} if they are not sorted, disjoint,
   *     aligned, non-empty and below the address limit
   */
  public static RangeMap of(List<AddressRange> ranges) {
    int count = ranges.size();
    long[] starts = new long[count];
    long[] ends = new long[count];
    long previousEnd = 0;
    long pages = 0;
    for (int i = 0; i < count; i++) {
      AddressRange range = ranges.get(i);
      long start = range.getPhysicalAddress();
      long length = range.getPageCount();
      if (start < 0 || start >= Pages.ADDRESS_LIMIT || start != Pages.floor(start)) {
        throw corrupt(range, i, "starts at no page below the address limit");
      }
      if (length < 1 || length > Pages.frameNumber(Pages.ADDRESS_LIMIT - start)) {
        throw corrupt(range, i, "is empty or ends beyond the address limit");
      }
      if (start < previousEnd) {
        throw corrupt(range, i, "overlaps or precedes the range before it");
      }
      starts[i] = start;
      ends[i] = start + Pages.address(length);
      previousEnd = ends[i];
      pages += length;
    }
    return new RangeMap(ranges.toArray(AddressRange[]::new), starts, ends, pages);
  }

  private static PagestreamException corrupt(AddressRange range, int index, String what) {
    return PagestreamException.of(
        ErrorCode.RECORD_CORRUPT,
        "range %d of the manifest (0x%x, %d pages) %s"
            .formatted(index, range.getPhysicalAddress(), range.getPageCount(), what),
        "check the program that wrote the manifest");
  }

  /**
   * The same map, with every range split at the borders inside it.
   *
   * @param borders page-aligned addresses, ascending
   */
  public RangeMap cutAt(List<Long> borders) {
    if (borders.isEmpty()) {
      return this;
    }
    List<AddressRange> cut = new ArrayList<>(ranges.length + borders.size());
    for (int i = 0; i < ranges.length; i++) {
      long start = starts[i];
      for (long border : borders) {
        if (border > start && border < ends[i]) {
          cut.add(part(ranges[i], start, border));
          start = border;
        }
      }
      cut.add(part(ranges[i], start, ends[i]));
    }
    return of(cut);
  }

  /**
   * The same map, with the VGA's window (0xa0000 to 0xbffff) as device memory, unless a sidecar
   * says what it is. Every PC has a device there; containers cannot distinguish it from memory, and
   * in raw images it is part of one range of unknown kind.
   */
  public RangeMap withVgaWindow() {
    RangeMap cut = cutAt(List.of(VGA_START, VGA_END));
    List<AddressRange> all = new ArrayList<>(List.of(cut.ranges));
    boolean changed = false;
    for (int i = 0; i < all.size() && cut.starts[i] < VGA_END; i++) {
      AddressRange range = all.get(i);
      boolean plain =
          cut.starts[i] >= VGA_START
              && (isOutsideWindowsList(range)
                  || (range.getProvenance() != RangeProvenance.SIDE_FILE
                      && (range.getKind() == RangeKind.RAM
                          || range.getKind() == RangeKind.UNKNOWN)));
      if (plain) {
        all.set(
            i,
            AddressRange.newBuilder(range)
                .setKind(RangeKind.DEVICE)
                .setProvenance(RangeProvenance.DEFAULT)
                .setName("VGA")
                .build());
        changed = true;
      }
    }
    return changed ? of(all) : this;
  }

  /** The list of Windows' memory ranges does not say what lies outside of them. */
  private static boolean isOutsideWindowsList(AddressRange range) {
    return range.getSource().equals("windows-ranges") && range.getKind() != RangeKind.RAM;
  }

  private static AddressRange part(AddressRange range, long start, long end) {
    return AddressRange.newBuilder(range)
        .setPhysicalAddress(start)
        .setPageCount(Pages.frameNumber(end - start))
        .build();
  }

  /** Number of ranges. */
  public int size() {
    return ranges.length;
  }

  /** Pages in all ranges. */
  public long pages() {
    return pages;
  }

  /** A range of the manifest. */
  public AddressRange range(int index) {
    return ranges[index];
  }

  /** Physical address of a range's first byte. */
  public long start(int index) {
    return starts[index];
  }

  /** Physical address after a range's last byte. */
  public long end(int index) {
    return ends[index];
  }

  /** Index of the range that contains an address, or -1 if it is in a gap. */
  public int indexAt(long physicalAddress) {
    int found = Arrays.binarySearch(starts, physicalAddress);
    if (found >= 0) {
      return found;
    }
    int before = -found - 2;
    return before >= 0 && physicalAddress < ends[before] ? before : -1;
  }

  /** Whether every address of {@code [start, end)} is in a range. */
  public boolean covers(long start, long end) {
    long address = start;
    for (int i = indexAt(start); address < end; i++) {
      if (i < 0 || i == ranges.length || starts[i] > address) {
        return false;
      }
      address = ends[i];
    }
    return true;
  }
}
