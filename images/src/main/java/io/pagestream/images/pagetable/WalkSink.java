package io.pagestream.images.pagetable;

/** Receives the results of a walk of page tables, in the order of the walk. */
interface WalkSink {
  /**
   * A mapping.
   *
   * @param root physical address of the top-level table
   * @param virtualAddress canonical, in bytes
   * @param physicalAddress in bytes, aligned to the leaf's size
   * @param pages number of 4 KiB pages that the leaf maps: more than 1 for a large page
   * @param entry the entry as in the table
   * @param rights combined rights of the entry and all above it: bit 1 writing, bit 2 user mode;
   *     bit 63 forbids execution
   */
  void leaf(
      long root, long virtualAddress, long physicalAddress, long pages, long entry, long rights);

  /**
   * A table in the image.
   *
   * @param root physical address of the top-level table
   * @param virtualAddress first address that it translates; canonical, in bytes
   * @param physicalAddress in bytes
   * @param level from 1, the table whose entries map 4 KiB pages
   */
  default void table(long root, long virtualAddress, long physicalAddress, int level) {}

  /**
   * A present entry with reserved bits set, which maps nothing.
   *
   * @param root physical address of the top-level table
   * @param virtualAddress first address that it would translate; canonical, in bytes
   * @param level level of its table
   * @param entry the entry as in the table
   */
  default void malformed(long root, long virtualAddress, int level, long entry) {}

  /**
   * A table that named roots reach, but that is walked with the roots found by their shape; called
   * for each path to it.
   *
   * @param root physical address of the top-level table
   * @param virtualAddress first address that it translates; canonical, in bytes
   * @param physicalAddress in bytes
   * @param level its level
   */
  default void distrusted(long root, long virtualAddress, long physicalAddress, int level) {}

  /** A sink that passes everything on to two others, in order. */
  static WalkSink both(WalkSink first, WalkSink second) {
    return new WalkSink() {
      @Override
      public void leaf(
          long root, long virtual, long physical, long pages, long entry, long rights) {
        first.leaf(root, virtual, physical, pages, entry, rights);
        second.leaf(root, virtual, physical, pages, entry, rights);
      }

      @Override
      public void table(long root, long virtualAddress, long physicalAddress, int level) {
        first.table(root, virtualAddress, physicalAddress, level);
        second.table(root, virtualAddress, physicalAddress, level);
      }

      @Override
      public void distrusted(long root, long virtualAddress, long physicalAddress, int level) {
        first.distrusted(root, virtualAddress, physicalAddress, level);
        second.distrusted(root, virtualAddress, physicalAddress, level);
      }

      @Override
      public void malformed(long root, long virtualAddress, int level, long entry) {
        first.malformed(root, virtualAddress, level, entry);
        second.malformed(root, virtualAddress, level, entry);
      }
    };
  }
}
