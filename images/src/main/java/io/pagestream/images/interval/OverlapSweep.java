package io.pagestream.images.interval;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Makes intervals disjoint: where several cover the same place, the one of the lowest rank shows.
 * Takes {@code n log n} time and at most {@code 2n} results, whatever the input, since the input is
 * hostile.
 */
public final class OverlapSweep {
  /**
   * An interval of the target that shows a stretch of the source.
   *
   * @param start first place in the target
   * @param end place after the last
   * @param source place in the source of {@code start}. Intervals of one {@code start - source}
   *     show the same where they overlap, and become one where they touch
   * @param rank the lower shows
   * @param number number for people
   */
  public record Interval(long start, long end, long source, long rank, int number) {
    /** What turns a place in the source into a place in the target. */
    public long shift() {
      return start - source;
    }

    private Interval cut(long from, long to) {
      return new Interval(from, to, source + (from - start), rank, number);
    }

    private boolean continuedBy(Interval next) {
      return end == next.start && shift() == next.shift();
    }
  }

  /**
   * The outcome.
   *
   * @param intervals sorted by start, disjoint
   * @param conflicts how many intervals were partly hidden by one that shows another source
   */
  public record Result(List<Interval> intervals, int conflicts) {}

  private final PriorityQueue<Interval> active =
      new PriorityQueue<>(Comparator.comparingLong(Interval::rank));
  private final List<Interval> shown = new ArrayList<>();
  private int conflicts;

  private OverlapSweep() {}

  /** Makes intervals disjoint; none of them is empty. */
  public static Result sweep(List<Interval> intervals) {
    OverlapSweep sweep = new OverlapSweep();
    List<Interval> sorted = new ArrayList<>(intervals);
    sorted.sort(Comparator.comparingLong(Interval::start));
    long at = 0;
    for (Interval next : sorted) {
      sweep.showUntil(at, next.start());
      at = next.start();
      sweep.begin(next);
    }
    sweep.showUntil(at, Long.MAX_VALUE);
    return new Result(sweep.shown, sweep.conflicts);
  }

  private void begin(Interval next) {
    Interval top = active.peek();
    if (top != null && top.end() > next.start() && top.shift() != next.shift()) {
      conflicts++;
    }
    active.add(next);
  }

  /** Shows what is on top from {@code from} to {@code until}, or until nothing is left. */
  private void showUntil(long from, long until) {
    long at = from;
    while (at < until) {
      Interval top = active.peek();
      if (top == null) {
        return;
      }
      if (top.end() <= at) {
        active.remove();
      } else {
        long to = Math.min(top.end(), until);
        show(top.cut(at, to));
        at = to;
      }
    }
  }

  private void show(Interval interval) {
    if (!shown.isEmpty() && shown.getLast().continuedBy(interval)) {
      Interval last = shown.removeLast();
      shown.add(new Interval(last.start, interval.end, last.source, last.rank, last.number));
    } else {
      shown.add(interval);
    }
  }
}
