package io.pagestream.cases.map;

/** How a physical address space is divided into cells, which are numbered from 0. */
public interface MapLayout {
  /** Number of cells. */
  int cells();

  /** Maximum number of pages in a cell; a power of two. */
  long pagesPerCell();

  /** The cell that contains an address, or -1 if there is none. */
  int cellOf(long physicalAddress);

  /**
   * Divides a stretch of physical memory among the cells; parts outside of all cells are omitted.
   */
  void divide(long physicalAddress, long pageCount, Receiver receiver);

  /** Receives the part of a stretch in one cell. */
  @FunctionalInterface
  interface Receiver {
    /** Receives a number of pages in a cell. */
    void part(int cell, long pages);
  }
}
