package io.pagestream.cases.map;

import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.List;

/**
 * The position of each physical address in the picture. The address space is laid out in columns of
 * equal size over several lines, from address 0 on; a gap that is much longer than its mark is
 * replaced by the mark. Immutable; a look-up is O(log n).
 */
public final class SpaceLayout implements MapLayout {
  /** A gap is replaced by its mark if it is at least this many times as long. */
  private static final int WORTH_A_BREAK = 2;

  private final int width;
  private final long bytesPerColumn;
  private final int columns;
  private final int lines;
  private final List<Piece> pieces;
  private final List<Break> breaks;

  /**
   * Addresses without a break on one line.
   *
   * @param line line from 0
   * @param x column on the line
   * @param length columns
   * @param start first address
   * @param firstColumn columns in all pieces before it
   */
  public record Piece(int line, int x, int length, long start, int firstColumn) {}

  /**
   * The mark of a gap.
   *
   * @param line line from 0
   * @param x column on the line
   * @param start first omitted address
   * @param end address after the last
   */
  public record Break(int line, int x, long start, long end) {}

  /**
   * An extent with content.
   *
   * @param start first address
   * @param end address after the last
   */
  record Extent(long start, long end) {
    static Extent of(AddressRange range) {
      long start = range.getPhysicalAddress();
      return new Extent(start, start + Pages.address(range.getPageCount()));
    }
  }

  private SpaceLayout(
      int width,
      long bytesPerColumn,
      int columns,
      int lines,
      List<Piece> pieces,
      List<Break> breaks) {
    this.width = width;
    this.bytesPerColumn = bytesPerColumn;
    this.columns = columns;
    this.lines = lines;
    this.pieces = List.copyOf(pieces);
    this.breaks = List.copyOf(breaks);
  }

  /**
   * The finest layout of a range map that fits.
   *
   * @param ranges the range map, sorted and disjoint
   * @param width columns of a line
   * @param mostLines maximum number of lines
   * @param breakWidth columns of a break's mark, less than {@code width}
   */
  public static SpaceLayout of(
      List<AddressRange> ranges, int width, int mostLines, int breakWidth) {
    return ofExtents(ranges.stream().map(Extent::of).toList(), width, mostLines, breakWidth);
  }

  /**
   * The finest layout that fits.
   *
   * @param extents extents with content, sorted and disjoint
   * @param width columns of a line
   * @param mostLines maximum number of lines
   * @param breakWidth columns of a break's mark, less than {@code width}
   */
  static SpaceLayout ofExtents(List<Extent> extents, int width, int mostLines, int breakWidth) {
    // Terminates: at some size, the whole address space is one piece without a gap that needs a
    // mark.
    for (long bytes = Pages.SIZE; ; bytes *= 2) {
      Placing placing = new Placing(bytes, width, mostLines, breakWidth);
      if (placing.place(extents)) {
        return new SpaceLayout(
            width, bytes, placing.columns, placing.line + 1, placing.pieces, placing.breaks);
      }
    }
  }

  /** One try with a size of columns. */
  private static final class Placing {
    private final long bytes;
    private final int width;
    private final int mostLines;
    private final int breakWidth;
    private final List<Piece> pieces = new ArrayList<>();
    private final List<Break> breaks = new ArrayList<>();
    private int line;
    private int x;
    private int columns;

    Placing(long bytes, int width, int mostLines, int breakWidth) {
      this.bytes = bytes;
      this.width = width;
      this.mostLines = mostLines;
      this.breakWidth = breakWidth;
    }

    boolean place(List<Extent> extents) {
      long start = 0;
      long end = 0;
      for (Extent extent : extents) {
        long next = extent.start() & -bytes;
        if ((next - end) / bytes > (long) breakWidth * WORTH_A_BREAK) {
          if (!addPiece(start, end) || !addBreak(end, next)) {
            return false;
          }
          start = next;
        }
        end = Math.max(end, (extent.end() + bytes - 1) & -bytes);
      }
      return addPiece(start, end);
    }

    private boolean addPiece(long start, long end) {
      long left = (end - start) / bytes;
      long at = start;
      while (left > 0) {
        if (x == width && !nextLine()) {
          return false;
        }
        int length = (int) Math.min(left, width - x);
        pieces.add(new Piece(line, x, length, at, columns));
        columns += length;
        x += length;
        left -= length;
        at += length * bytes;
      }
      return true;
    }

    private boolean addBreak(long start, long end) {
      if (width - x < breakWidth && !nextLine()) {
        return false;
      }
      breaks.add(new Break(line, x, start, end));
      x += breakWidth;
      return true;
    }

    private boolean nextLine() {
      line++;
      x = 0;
      return line < mostLines;
    }
  }

  /** Columns of a line. */
  public int width() {
    return width;
  }

  /** Bytes of the address space in a column; a power of two, at least a page. */
  public long bytesPerColumn() {
    return bytesPerColumn;
  }

  /** Columns of all pieces: each is a cell. */
  @Override
  public int cells() {
    return columns;
  }

  /** Lines that are used, at least 1. */
  public int lines() {
    return lines;
  }

  /** The pieces by address. */
  public List<Piece> pieces() {
    return pieces;
  }

  /** The breaks by address. */
  public List<Break> breaks() {
    return breaks;
  }

  @Override
  public long pagesPerCell() {
    return Pages.frameNumber(bytesPerColumn);
  }

  @Override
  public void divide(long physicalAddress, long pageCount, Receiver receiver) {
    long end = physicalAddress + Pages.address(pageCount);
    long at = physicalAddress;
    while (at < end) {
      int column = cellOf(at);
      if (column < 0) {
        return; // in no range: parts omitted from the layout cannot be shown
      }
      long next = Math.min(end, (at & -bytesPerColumn) + bytesPerColumn);
      receiver.part(column, Pages.frameNumber(next - at));
      at = next;
    }
  }

  /** The column that contains an address, or -1 if it was omitted. */
  @Override
  public int cellOf(long address) {
    int low = 0;
    int high = pieces.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      Piece piece = pieces.get(middle);
      if (address < piece.start()) {
        high = middle - 1;
      } else if (address >= piece.start() + piece.length() * bytesPerColumn) {
        low = middle + 1;
      } else {
        return piece.firstColumn() + (int) ((address - piece.start()) / bytesPerColumn);
      }
    }
    return -1;
  }
}
