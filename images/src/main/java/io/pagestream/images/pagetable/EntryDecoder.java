package io.pagestream.images.pagetable;

/**
 * The meaning of the bits of a page-table entry (Intel SDM vol. 3A, tables 4-4 to 4-20): bit 0
 * present, 3 PWT, 4 PCD, 7 PS in an entry that may be a leaf above level 1, and PAT in one of level
 * 1; in larger leaves PAT is bit 12.
 *
 * <p>A PDPTE of PAE paging is accepted with the bits that the manual reserves (1, 2, 5 to 8):
 * Windows' self-map of the tables shows it in the form of a directory entry.
 */
final class EntryDecoder {
  private static final long PRESENT = 1;
  private static final long LARGE = 1 << 7;
  private static final long WRITE = 1 << 1;
  private static final long USER = 1 << 2;
  private static final long NO_EXECUTE = 1L << 63;

  /** The rights of CR3: all. */
  static final long ALL_RIGHTS = WRITE | USER;

  private static final int PAT_4K_SHIFT = 7;
  private static final int PAT_LARGE_SHIFT = 12;
  private static final long ADDRESS = 0x000f_ffff_ffff_f000L;
  private static final long PAE_RESERVED = 0x7ff0_0000_0000_0000L;

  private final PagingMode mode;
  private final long addressMask;

  /**
   * A decoder.
   *
   * @param encryptionMask bits of an entry's address that mark the page as encrypted (AMD SME) and
   *     are not part of the address; 0 without
   */
  EntryDecoder(PagingMode mode, long encryptionMask) {
    this.mode = mode;
    this.addressMask = ADDRESS & ~encryptionMask;
  }

  static boolean isPresent(long entry) {
    return (entry & PRESENT) != 0;
  }

  /** Whether a present entry maps memory instead of pointing to a table. */
  boolean isLeaf(long entry, int level) {
    return level == 1 || ((entry & LARGE) != 0 && mayBeLarge(level));
  }

  private boolean mayBeLarge(int level) {
    return level == 2 || (level == 3 && mode.isLong());
  }

  /** Whether a present entry has a reserved bit set: the processor would fault. */
  boolean isMalformed(long entry, int level) {
    return switch (mode) {
      case TWO_LEVEL -> level == 2 && (entry & LARGE) != 0 && (entry & 1L << 21) != 0;
      case PAE ->
          (entry & PAE_RESERVED) != 0
              || (level == 3 && entry < 0)
              || (level == 2 && isMisaligned(entry, level));
      case FOUR_LEVEL, FIVE_LEVEL ->
          level >= 4 ? (entry & LARGE) != 0 : level >= 2 && isMisaligned(entry, level);
    };
  }

  private boolean isMisaligned(long entry, int level) {
    return (entry & LARGE) != 0 && (entry & ((1L << mode.shift(level)) - 1) & -(1L << 13)) != 0;
  }

  /** Physical address of the table that a present entry points to, in bytes. */
  long tableAddress(long entry) {
    return entry & addressMask;
  }

  /** Physical address of the memory that a leaf maps, in bytes, aligned to the leaf's size. */
  long leafAddress(long entry, int level) {
    if (mode == PagingMode.TWO_LEVEL && level == 2) {
      // PSE-36: bits 20:13 are bits 39:32 of the address.
      return (entry & 0xffc0_0000L) | (((entry >>> 13) & 0xff) << 32);
    }
    return entry & addressMask & -(1L << mode.shift(level));
  }

  /** Combines the rights of an entry with those of the entries above it; see {@link WalkSink}. */
  long rights(long above, long entry, int level) {
    if (mode == PagingMode.PAE && level == 3) {
      return above; // its entries have no such bits
    }
    return (above & entry & (WRITE | USER)) | ((above | entry) & NO_EXECUTE);
  }

  /** Index into the PAT: 4 × PAT + 2 × PCD + PWT. */
  static int patIndex(long entry, boolean large) {
    int pat = (int) (entry >>> (large ? PAT_LARGE_SHIFT : PAT_4K_SHIFT)) & 1;
    return (pat << 2) | ((int) (entry >>> 3) & 3);
  }
}
