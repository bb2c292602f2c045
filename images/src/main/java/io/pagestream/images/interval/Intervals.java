package io.pagestream.images.interval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Sorted, disjoint intervals, found by position in logarithmic time. */
public final class Intervals {
  private final long[] starts;
  private final long[] ends;

  private Intervals(long[] starts, long[] ends) {
    this.starts = starts;
    this.ends = ends;
  }

  /**
   * The intervals of sorted, disjoint items.
   *
   * @param start first position of an item
   * @param end position after its last
   */
  public static <T> Intervals of(List<T> things, ToLongFunction<T> start, ToLongFunction<T> end) {
    return new Intervals(
        things.stream().mapToLong(start).toArray(), things.stream().mapToLong(end).toArray());
  }

  /** The intervals. */
  public static Intervals of(List<Interval> intervals) {
    return of(intervals, Interval::start, Interval::end);
  }

  /** Number of intervals. */
  public int size() {
    return starts.length;
  }

  /** First position of an interval. */
  public long start(int index) {
    return starts[index];
  }

  /** Position after the last of an interval. */
  public long end(int index) {
    return ends[index];
  }

  /** Number of positions in all intervals. */
  public long length() {
    return IntStream.range(0, starts.length).mapToLong(i -> ends[i] - starts[i]).sum();
  }

  /**
   * Index of the interval that contains a position, or else of the next one; {@link #size()} if
   * none.
   */
  public int firstAfter(long place) {
    int low = 0;
    int high = ends.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ends[middle] > place) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** Whether an interval contains a position. */
  public boolean contains(long place) {
    int index = firstAfter(place);
    return index < starts.length && starts[index] <= place;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Intervals that
        && Arrays.equals(starts, that.starts)
        && Arrays.equals(ends, that.ends);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(starts) + Arrays.hashCode(ends);
  }

  /** Collects intervals by ascending start; adjacent and overlapping ones are joined. */
  public static final class Builder {
    private final int most;
    private final List<Interval> intervals = new ArrayList<>();

    /** Any number of intervals. */
    public Builder() {
      this(Integer.MAX_VALUE);
    }

    /** A limited number of intervals: further ones are merged into the last, including the gaps. */
    public Builder(int most) {
      this.most = most;
    }

    /** Adds {@code [start, end)}, which must not start before the previous ones. */
    public Builder add(long start, long end) {
      if (!intervals.isEmpty()
          && (intervals.getLast().end() >= start || intervals.size() == most)) {
        Interval last = intervals.removeLast();
        intervals.add(new Interval(last.start(), Math.max(last.end(), end)));
      } else {
        intervals.add(new Interval(start, end));
      }
      return this;
    }

    /** Removes everything from a position on; the next interval may start there. */
    public void cut(long place) {
      while (!intervals.isEmpty() && intervals.getLast().end() > place) {
        Interval last = intervals.removeLast();
        if (last.start() < place) {
          intervals.add(new Interval(last.start(), place));
        }
      }
    }

    /** The intervals so far: sorted, disjoint, not adjacent. */
    public List<Interval> list() {
      return List.copyOf(intervals);
    }

    /** The same, for searching. */
    public Intervals build() {
      return of(intervals);
    }
  }
}
