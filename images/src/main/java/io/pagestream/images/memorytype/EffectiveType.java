package io.pagestream.images.memorytype;

import io.pagestream.schemas.avro.CacheType;

/**
 * The memory type with which the processor accesses a page: MTRR and PAT combined (Intel SDM vol.
 * 3A, table 11-7; Xen, {@code xen/arch/x86/hvm/mtrr.c}, has the same). Linux's {@code
 * Documentation/arch/x86/pat.rst} prints UC for MTRR WC with PAT UC-; this class follows the
 * processor's table, which has WC.
 */
public final class EffectiveType {
  private static final CacheType UC = CacheType.UNCACHED;
  private static final CacheType WC = CacheType.WRITE_COMBINING;
  private static final CacheType WT = CacheType.WRITE_THROUGH;
  private static final CacheType WP = CacheType.WRITE_PROTECTED;
  private static final CacheType WB = CacheType.WRITE_BACK;

  private static final CacheType[][] TABLE = {
    // PAT:    UC  UC- WC  WT  WP  WB
    /* UC */ {UC, UC, WC, UC, UC, UC},
    /* WC */ {UC, WC, WC, UC, UC, WC},
    /* WT */ {UC, UC, WC, WT, WP, WT},
    /* WP */ {UC, WC, WC, WT, WP, WP},
    /* WB */ {UC, UC, WC, WT, WP, WB},
  };

  private EffectiveType() {}

  /**
   * The effective type.
   *
   * @param mtrr type according to the MTRRs; UNKNOWN if they are not known
   * @param pat type that the page-table entry selects in the PAT; UNKNOWN if it is not known
   * @return UNKNOWN if it depends on unknown types; PAT UC and WC do not depend on the MTRRs
   */
  public static CacheType of(CacheType mtrr, CacheType pat) {
    int column = column(pat);
    if (column < 0) {
      return CacheType.UNKNOWN;
    }
    int row = row(mtrr);
    return row < 0 ? whateverTheMtrr(column) : TABLE[row][column];
  }

  private static CacheType whateverTheMtrr(int column) {
    CacheType first = TABLE[0][column];
    for (CacheType[] row : TABLE) {
      if (row[column] != first) {
        return CacheType.UNKNOWN;
      }
    }
    return first;
  }

  private static int row(CacheType mtrr) {
    return switch (mtrr) {
      case UNCACHED -> 0;
      case WRITE_COMBINING -> 1;
      case WRITE_THROUGH -> 2;
      case WRITE_PROTECTED -> 3;
      case WRITE_BACK -> 4;
      case UNCACHED_MINUS, NOT_ESTABLISHED, UNKNOWN -> -1;
    };
  }

  private static int column(CacheType pat) {
    return switch (pat) {
      case UNCACHED -> 0;
      case UNCACHED_MINUS -> 1;
      case WRITE_COMBINING -> 2;
      case WRITE_THROUGH -> 3;
      case WRITE_PROTECTED -> 4;
      case WRITE_BACK -> 5;
      case NOT_ESTABLISHED, UNKNOWN -> -1;
    };
  }
}
