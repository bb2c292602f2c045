package io.pagestream.images.interval;

import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Finds things that are sorted and disjoint, at places that are asked for in ascending order. */
public final class AscendingLookup<T> {
  private final List<T> things;
  private final ToLongFunction<T> start;
  private final ToLongFunction<T> end;
  private int next;

  /**
   * A lookup.
   *
   * @param start first place of a thing
   * @param end place after its last
   */
  public AscendingLookup(List<T> things, ToLongFunction<T> start, ToLongFunction<T> end) {
    this.things = things;
    this.start = start;
    this.end = end;
  }

  /** The thing at a place, which is no lower than the one asked for before; null if none. */
  public @Nullable T at(long place) {
    while (next < things.size() && end.applyAsLong(things.get(next)) <= place) {
      next++;
    }
    return next < things.size() && start.applyAsLong(things.get(next)) <= place
        ? things.get(next)
        : null;
  }
}
