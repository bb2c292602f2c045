package io.pagestream.images.memory;

/**
 * Pages of an image by their state.
 *
 * @param present pages with bytes
 * @param doubtful pages whose bytes or address may be wrong
 * @param excluded pages that the image leaves out
 * @param unreadable pages that are damaged or truncated
 */
public record PageCounts(long present, long doubtful, long excluded, long unreadable) {
  /** Pages whose bytes the image holds. */
  public long stored() {
    return present + doubtful;
  }

  /** All pages that the image describes. */
  public long all() {
    return stored() + excluded + unreadable;
  }

  /** Counts pages. */
  public static final class Counter {
    private long present;
    private long doubtful;
    private long excluded;
    private long unreadable;

    /** Counts a page. */
    public void count(PageState state) {
      count(state, 1);
    }

    /** Counts pages in one state. */
    public void count(PageState state, long pages) {
      switch (state) {
        case PRESENT -> present += pages;
        case DOUBTFUL -> doubtful += pages;
        case EXCLUDED -> excluded += pages;
        case UNREADABLE -> unreadable += pages;
      }
    }

    /** The counts so far. */
    public PageCounts counts() {
      return new PageCounts(present, doubtful, excluded, unreadable);
    }
  }
}
