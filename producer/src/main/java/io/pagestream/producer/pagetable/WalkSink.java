package io.pagestream.producer.pagetable;

/** Told what a walk of page tables finds, in the order of the walk. */
interface WalkSink {
  /**
   * A mapping.
   *
   * @param root physical address of the top-level table
   * @param virtualAddress canonical, in bytes
   * @param physicalAddress in bytes, aligned to the leaf's size
   * @param pages number of 4 KiB pages that the leaf maps
   * @param level level of the table that holds the leaf: 1, or higher for a large page
   * @param entry the entry as it stands in the table
   */
  void leaf(
      long root, long virtualAddress, long physicalAddress, long pages, int level, long entry);

  /**
   * A table that the image has.
   *
   * @param physicalAddress in bytes
   */
  default void table(long physicalAddress) {}
}
