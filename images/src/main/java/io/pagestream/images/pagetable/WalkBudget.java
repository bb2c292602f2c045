package io.pagestream.images.pagetable;

/**
 * Limits the cost of a walk in proportion to the image, so that loops and garbage end. Each root
 * that the image names has its own budget, which no other root can use up.
 */
final class WalkBudget {
  /**
   * A table's first visit at a level is free, because there are no more tables than pages. Loops
   * and garbage multiply the visits of tables that have been walked at another address: entries of
   * such tables are charged, for each page of the image, beyond {@link #BASE_WORK}.
   */
  private static final long WORK_PER_PAGE = 4;

  private static final long BASE_WORK = 1L << 21;

  /**
   * Pages of the image for each mapping of 2 MiB that is counted, beyond {@link #BASE_LARGE}: as if
   * 256 processes had all of it mapped with large pages.
   */
  private static final long PAGES_PER_LARGE = 2;

  private static final long BASE_LARGE = 1L << 17;

  /** Maximum number of tables that are walked, 16 GiB of them: remembering them takes memory. */
  private static final long MOST_TABLES = 1L << 22;

  /** More pages than any image has; keeps the arithmetic in range. */
  private static final long MOST_PAGES = 1L << 40;

  /**
   * Maximum number of roots with a whole budget each; if there are more, they share this many
   * equally.
   */
  private static final int WHOLE_BUDGETS = 4;

  /** The minimum share of a root, for any number of roots: a kernel's half needs less. */
  private static final int SMALLEST_PART = 16;

  private long workLeft;
  private long largeLeft;
  private long tablesLeft;

  private WalkBudget(long work, long large, long tables) {
    this.workLeft = work;
    this.largeLeft = large;
    this.tablesLeft = tables;
  }

  /** One budget for all roots of a walk together. */
  static WalkBudget whole(long imagePages) {
    return ofEach(imagePages, 1);
  }

  /**
   * The budget of each of {@code roots} roots, which no other root can use up: a whole one for up
   * to 4 of them, an equal share of 4 for more, and never less than a sixteenth. Each has an equal
   * share of the memory for tables.
   */
  static WalkBudget ofEach(long imagePages, int roots) {
    long pages = Math.min(imagePages, MOST_PAGES);
    int part = Math.clamp(Math.ceilDiv(roots, WHOLE_BUDGETS), 1, SMALLEST_PART);
    return new WalkBudget(
        BASE_WORK + WORK_PER_PAGE * pages / part,
        BASE_LARGE + pages / PAGES_PER_LARGE / part,
        MOST_TABLES / Math.max(1, roots));
  }

  boolean isLeft() {
    return workLeft >= 0 && largeLeft >= 0 && tablesLeft > 0;
  }

  /** Charges a table that has been walked at another address and is walked again. */
  void again(int entries) {
    workLeft -= entries;
  }

  /** Charges the first walk of a table. */
  void table() {
    tablesLeft--;
  }

  /** Charges a leaf that maps a number of pages. */
  void leaf(long pages) {
    largeLeft -= pages / 512;
  }
}
