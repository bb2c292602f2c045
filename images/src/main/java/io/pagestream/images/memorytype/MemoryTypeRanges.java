package io.pagestream.images.memorytype;

import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * A memory type for every physical address, as intervals: adjacent ones differ, the first begins at
 * 0, the last ends at {@link Pages#ADDRESS_LIMIT}.
 */
public final class MemoryTypeRanges {
  private final long[] starts;
  private final CacheType[] types;

  private MemoryTypeRanges(long[] starts, CacheType[] types) {
    this.starts = starts;
    this.types = types;
  }

  /** One type everywhere. */
  public static MemoryTypeRanges everywhere(CacheType type) {
    return new MemoryTypeRanges(new long[] {0}, new CacheType[] {type});
  }

  /** Number of intervals. */
  public int size() {
    return starts.length;
  }

  /** First address of an interval. */
  public long start(int index) {
    return starts[index];
  }

  /** Address after the last of an interval. */
  public long end(int index) {
    return index + 1 < starts.length ? starts[index + 1] : Pages.ADDRESS_LIMIT;
  }

  /** Type of an interval. */
  public CacheType type(int index) {
    return types[index];
  }

  /** Index of the interval that contains an address below {@link Pages#ADDRESS_LIMIT}. */
  public int indexAt(long physicalAddress) {
    int found = Arrays.binarySearch(starts, physicalAddress);
    return found >= 0 ? found : -found - 2;
  }

  /** Type of an address. */
  public CacheType typeAt(long physicalAddress) {
    return types[indexAt(physicalAddress)];
  }

  /** The type of all addresses in {@code [start, end)}, or UNKNOWN if they have several. */
  public CacheType typeOf(long start, long end) {
    int index = indexAt(start);
    return end <= end(index) ? types[index] : CacheType.UNKNOWN;
  }

  /** First addresses of all intervals of two maps, ascending: between two, neither changes. */
  public static List<Long> starts(MemoryTypeRanges one, MemoryTypeRanges other) {
    return LongStream.concat(Arrays.stream(one.starts), Arrays.stream(other.starts))
        .sorted()
        .distinct()
        .boxed()
        .toList();
  }

  /** Combines intervals, given by ascending start. */
  static final class Builder {
    private final List<Long> starts = new ArrayList<>();
    private final List<CacheType> types = new ArrayList<>();

    /** The type from an address on; the first address is 0. */
    void from(long start, CacheType type) {
      if (starts.isEmpty() ? start != 0 : start <= starts.getLast()) {
        throw new IllegalArgumentException("0x%x is out of order".formatted(start));
      }
      if (types.isEmpty() || types.getLast() != type) {
        starts.add(start);
        types.add(type);
      }
    }

    MemoryTypeRanges build() {
      return new MemoryTypeRanges(
          starts.stream().mapToLong(Long::longValue).toArray(), types.toArray(CacheType[]::new));
    }
  }
}
