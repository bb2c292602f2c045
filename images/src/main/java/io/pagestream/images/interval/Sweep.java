package io.pagestream.images.interval;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.ToLongFunction;

/**
 * Sweeps over overlapping items by position, and selects the strongest item at each position. Takes
 * {@code n log n} time for any input, because the items come from hostile input.
 */
public abstract class Sweep<T> {
  private final ToLongFunction<T> start;
  private final ToLongFunction<T> end;
  private final PriorityQueue<T> active;

  /**
   * A sweep.
   *
   * @param start first position of an item
   * @param end position after its last
   * @param strongestFirst order that selects the visible one of two overlapping items
   */
  protected Sweep(
      ToLongFunction<T> start, ToLongFunction<T> end, Comparator<? super T> strongestFirst) {
    this.start = start;
    this.end = end;
    this.active = new PriorityQueue<>(strongestFirst);
  }

  /** Receives the visible item of each stretch, in ascending order; stretches are not empty. */
  protected abstract void show(T thing, long from, long to);

  /** Receives an item that starts within the extent of the visible item {@code top}. */
  protected void meet(T top, T next) {}

  /** Sweeps over items, none of which is empty. */
  public final void run(List<T> things) {
    List<T> sorted = new ArrayList<>(things);
    sorted.sort(Comparator.comparingLong(start));
    long at = 0;
    for (T next : sorted) {
      long nextStart = start.applyAsLong(next);
      showUntil(at, nextStart);
      at = nextStart;
      T top = active.peek();
      if (top != null && end.applyAsLong(top) > at) {
        meet(top, next);
      }
      active.add(next);
    }
    showUntil(at, Long.MAX_VALUE);
  }

  /** Emits the top item from {@code from} to {@code until}, or until no item is left. */
  private void showUntil(long from, long until) {
    long at = from;
    while (at < until) {
      T top = active.peek();
      if (top == null) {
        return;
      }
      long topEnd = end.applyAsLong(top);
      if (topEnd <= at) {
        active.remove();
      } else {
        long to = Math.min(topEnd, until);
        show(top, at, to);
        at = to;
      }
    }
  }
}
