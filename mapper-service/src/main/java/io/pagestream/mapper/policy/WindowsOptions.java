package io.pagestream.mapper.policy;

/**
 * Options of the {@code windows} profile.
 *
 * @param osBuild build number of the examined system; row 1 depends on it
 * @param ioConflict the result of row 9
 */
public record WindowsOptions(int osBuild, IoConflict ioConflict) {
  /** Windows 10 1803: the first build that refuses to map page tables (ReactOS PR 8183). */
  public static final int PAGING_STRUCTURES_REFUSED = 17134;

  /** A system that refuses page tables, and conflicts in I/O space. */
  public static final WindowsOptions DEFAULT =
      new WindowsOptions(PAGING_STRUCTURES_REFUSED, IoConflict.REJECT);
}
