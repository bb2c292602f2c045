package io.pagestream.schemas.ledger;

import io.pagestream.schemas.avro.PageCounts;

/** Arithmetic on page counts. */
public final class PageTotals {
  private PageTotals() {}

  /** Adds {@code counts} into {@code into}. */
  public static void add(PageCounts into, PageCounts counts) {
    into.setMapped(into.getMapped() + counts.getMapped());
    into.setOverridden(into.getOverridden() + counts.getOverridden());
    into.setRefused(into.getRefused() + counts.getRefused());
    into.setZero(into.getZero() + counts.getZero());
    into.setExcluded(into.getExcluded() + counts.getExcluded());
    into.setUnreadable(into.getUnreadable() + counts.getUnreadable());
  }

  /** The sum of all classes. */
  public static long sum(PageCounts counts) {
    return counts.getMapped()
        + counts.getOverridden()
        + counts.getRefused()
        + counts.getZero()
        + counts.getExcluded()
        + counts.getUnreadable();
  }
}
