package io.pagestream.schemas.page;

/** The page: the unit that is judged and accounted for. */
public final class Pages {
  /** Size of a page in bytes. */
  public static final int SIZE = 4096;

  /** log2 of {@link #SIZE}. */
  public static final int SHIFT = 12;

  /**
   * Bound of physical addresses, exclusive: x86-64 has at most 52 address bits (Intel SDM vol. 3A,
   * 4.1.4, MAXPHYADDR).
   */
  public static final long ADDRESS_LIMIT = 1L << 52;

  private Pages() {}

  /** Page frame number of an address. */
  public static long frameNumber(long physicalAddress) {
    return physicalAddress >>> SHIFT;
  }

  /** Address of the first byte of a page frame. */
  public static long address(long frameNumber) {
    return frameNumber << SHIFT;
  }

  /** Address rounded down to its page. */
  public static long floor(long physicalAddress) {
    return physicalAddress & -SIZE;
  }

  /** Address rounded up to a page; the caller keeps it below {@link #ADDRESS_LIMIT}. */
  public static long ceil(long physicalAddress) {
    return (physicalAddress + SIZE - 1) & -SIZE;
  }
}
