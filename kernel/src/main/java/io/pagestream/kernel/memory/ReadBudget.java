package io.pagestream.kernel.memory;

/**
 * Limits the work for one image, whatever its contents: a hostile kernel can chain any number of
 * records. Not thread-safe.
 */
public final class ReadBudget {
  /**
   * Page accesses. Symbols, types and the records of 10,000 processes take under 10 million; a
   * million takes about 50 ms.
   */
  public static final long DEFAULT = 40_000_000;

  private long left;

  /** A budget of a number of page accesses. */
  public ReadBudget(long accesses) {
    this.left = accesses;
  }

  /**
   * Spends one access.
   *
   * @throws DamagedRecordException if nothing is left
   */
  void spend() {
    if (left <= 0) {
      throw new DamagedRecordException("the records are larger than any kernel's");
    }
    left--;
  }

  /** Whether nothing is left. */
  public boolean isSpent() {
    return left <= 0;
  }
}
