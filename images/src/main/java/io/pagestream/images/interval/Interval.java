package io.pagestream.images.interval;

/**
 * Positions from {@code start} to before {@code end}: offsets in a file, or physical addresses.
 *
 * @param start first position
 * @param end position after the last
 */
public record Interval(long start, long end) {
  /** Checks that it is not empty. */
  public Interval {
    if (start < 0 || end <= start) {
      throw new IllegalArgumentException("interval 0x%x to 0x%x".formatted(start, end));
    }
  }

  /** Number of positions. */
  public long length() {
    return end - start;
  }
}
