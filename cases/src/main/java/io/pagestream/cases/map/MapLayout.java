package io.pagestream.cases.map;

/** How a physical address space is divided into cells, which are numbered from 0. */
public interface MapLayout {
  /** Number of cells. */
  int cells();

  /** Pages that a cell has room for; a power of two. */
  long pagesPerCell();

  /** The cell that an address lies in, or -1 if it lies in none. */
  int cellOf(long physicalAddress);

  /** Divides a stretch of physical memory among the cells; what lies in none is left out. */
  void divide(long physicalAddress, long pageCount, Receiver receiver);

  /** Receives the part of a stretch that lies in one cell. */
  @FunctionalInterface
  interface Receiver {
    /** Takes so many pages of a cell. */
    void part(int cell, long pages);
  }
}
