package io.pagestream.images.interval;

/**
 * Places from {@code start} to before {@code end}: offsets in a file, or physical addresses.
 *
 * @param start first place
 * @param end place after the last
 */
public record Interval(long start, long end) {
  /** Checks that it holds a place at least. */
  public Interval {
    if (start < 0 || end <= start) {
      throw new IllegalArgumentException("interval 0x%x to 0x%x".formatted(start, end));
    }
  }

  /** Number of its places. */
  public long length() {
    return end - start;
  }
}
