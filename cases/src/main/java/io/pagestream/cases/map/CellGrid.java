package io.pagestream.cases.map;

import io.pagestream.schemas.page.Pages;

/**
 * Cells of equal size over a part of a dense space.
 *
 * @param space the space
 * @param first number of the first cell's first page
 * @param pagesPerCell pages in a cell, a power of two
 * @param cells number of cells; the last one may be shorter
 */
public record CellGrid(DenseSpace space, long first, long pagesPerCell, int cells)
    implements MapLayout {
  /** The number after the last page. */
  public long end() {
    return Math.min(space.pages(), first + pagesPerCell * cells);
  }

  @Override
  public void divide(long physicalAddress, long pageCount, Receiver receiver) {
    long from = Math.max(first, space.placeOf(physicalAddress));
    long to = Math.min(end(), space.placeOf(physicalAddress + Pages.address(pageCount)));
    while (from < to) {
      int cell = (int) ((from - first) / pagesPerCell);
      long next = Math.min(to, first + (cell + 1) * pagesPerCell);
      receiver.part(cell, next - from);
      from = next;
    }
  }

  @Override
  public int cellOf(long physicalAddress) {
    long place = space.placeOf(physicalAddress);
    return place < first || place >= end() ? -1 : (int) ((place - first) / pagesPerCell);
  }
}
