package io.pagestream.images.interval;

import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Finds sorted, disjoint items by positions requested in ascending order. */
public final class AscendingLookup<T> {
  private final List<T> things;
  private final ToLongFunction<T> start;
  private final ToLongFunction<T> end;
  private int next;

  /**
   * A lookup.
   *
   * @param start first position of an item
   * @param end position after its last
   */
  public AscendingLookup(List<T> things, ToLongFunction<T> start, ToLongFunction<T> end) {
    this.things = things;
    this.start = start;
    this.end = end;
  }

  /**
   * The item at a position, which must not be lower than the previous one; null if there is none.
   */
  public @Nullable T at(long place) {
    while (next < things.size() && end.applyAsLong(things.get(next)) <= place) {
      next++;
    }
    return next < things.size() && start.applyAsLong(things.get(next)) <= place
        ? things.get(next)
        : null;
  }
}
