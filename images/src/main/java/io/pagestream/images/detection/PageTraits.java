package io.pagestream.images.detection;

/**
 * Properties of a physical page that its mappings and the tables establish, as bits of an int. Bits
 * 26:0 except for 23:16 are left to other uses.
 */
public final class PageTraits {
  /** The kernel can execute it by a mapping that is trusted. */
  public static final int EXECUTABLE = 1 << 16;

  /** The kernel can execute it, by a mapping under a root that was found by its shape. */
  public static final int EXECUTABLE_BY_SHAPE = 1 << 17;

  /** It is a page table, of a level from 1 to 5: the bit of the level before it, shifted. */
  private static final int FIRST_LEVEL = 1 << 18;

  /** It is a page table, under a root that was found by its shape. */
  public static final int TABLE_BY_SHAPE = 1 << 23;

  /** It contains the kernel's text. */
  public static final int TEXT = 1 << 27;

  /** It contains the kernel's read-only data. */
  public static final int RODATA = 1 << 28;

  /** It contains the kernel's data or bss. */
  public static final int DATA = 1 << 29;

  /** User mode can access it by some mapping. */
  public static final int USER = 1 << 30;

  /** It is reported as a table. */
  public static final int REPORTED = 1 << 31;

  private static final int LEVELS = 0b11111 * FIRST_LEVEL;

  private PageTraits() {}

  /** It is a page table of a level. */
  public static int tableOf(int level) {
    return FIRST_LEVEL << (level - 1);
  }

  /** Whether it is a page table. */
  public static boolean isTable(int page) {
    return (page & (LEVELS | TABLE_BY_SHAPE)) != 0;
  }

  /** Whether it is a page table at more than one level. */
  public static boolean isTableAtTwoLevels(int page) {
    return Integer.bitCount(page & LEVELS) > 1;
  }

  /**
   * The section of the kernel's image that a leaf maps; 0 if the leaf is not in the image. After
   * booting, text is executable, read-only data is neither writable nor executable, and the rest is
   * writable (Linux, mark_rodata_ro in arch/x86/mm/init_64.c).
   */
  public static int sectionOf(int leaf) {
    if ((leaf & (LeafTraits.IMAGE_WINDOW | LeafTraits.USER)) != LeafTraits.IMAGE_WINDOW) {
      return 0;
    }
    if (LeafTraits.has(leaf, LeafTraits.EXECUTABLE)) {
      return TEXT;
    }
    return LeafTraits.has(leaf, LeafTraits.WRITABLE) ? DATA : RODATA;
  }
}
