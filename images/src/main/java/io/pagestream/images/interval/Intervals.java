package io.pagestream.images.interval;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/** Intervals that are sorted and disjoint, found by place in logarithmic time. */
public final class Intervals {
  private final long[] starts;
  private final long[] ends;

  private Intervals(long[] starts, long[] ends) {
    this.starts = starts;
    this.ends = ends;
  }

  /**
   * The intervals of things that are sorted and disjoint.
   *
   * @param start first place of a thing
   * @param end place after its last
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

  /** First place of an interval. */
  public long start(int index) {
    return starts[index];
  }

  /** Place after the last of an interval. */
  public long end(int index) {
    return ends[index];
  }

  /** Number of places in all intervals. */
  public long length() {
    return IntStream.range(0, starts.length).mapToLong(i -> ends[i] - starts[i]).sum();
  }

  /** Index of the interval that holds a place, or else of the next; {@link #size()} if none. */
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

  /** Whether an interval holds a place. */
  public boolean contains(long place) {
    int index = firstAfter(place);
    return index < starts.length && starts[index] <= place;
  }

  /** Collects intervals by ascending start; those that touch or overlap become one. */
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

    /** Adds {@code [start, end)}, which starts no lower than those before. */
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

    /** The intervals so far: sorted, disjoint, not touching. */
    public List<Interval> list() {
      return List.copyOf(intervals);
    }

    /** The same, to be searched. */
    public Intervals build() {
      return of(intervals);
    }
  }
}
