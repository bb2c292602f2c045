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
   * @param physicalAddress in bytes
   */
  default void table(long physicalAddress) {}

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
      public void table(long physicalAddress) {
        first.table(physicalAddress);
        second.table(physicalAddress);
      }
    };
  }
}
