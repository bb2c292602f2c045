package io.pagestream.images.interval;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Makes intervals disjoint: if several cover the same position, the one of the lowest rank is used.
 * Takes {@code n log n} time and at most {@code 2n} results for any input, because the input is
 * hostile.
 */
public final class OverlapSweep {
  /**
   * An interval of the target that maps to a range of the source.
   *
   * @param start first position in the target
   * @param end position after the last
   * @param source position in the source of {@code start}. Intervals with equal {@code start -
   *     source} agree where they overlap, and are merged where they touch
   * @param rank the lowest has precedence
   * @param number number for display
   */
  public record Piece(long start, long end, long source, long rank, int number) {
    /** The difference between a position in the target and in the source. */
    public long shift() {
      return start - source;
    }

    private Piece cut(long from, long to) {
      return new Piece(from, to, source + (from - start), rank, number);
    }

    private boolean continuedBy(Piece next) {
      return end == next.start && shift() == next.shift();
    }
  }

  /**
   * The result.
   *
   * @param intervals sorted by start, disjoint
   * @param conflicts how many intervals were partly hidden by one with another source
   */
  public record Result(List<Piece> intervals, int conflicts) {}

  private final List<Piece> shown = new ArrayList<>();
  private int conflicts;

  private OverlapSweep() {}

  /** Makes intervals disjoint; none of them is empty. */
  public static Result sweep(List<Piece> pieces) {
    OverlapSweep overlaps = new OverlapSweep();
    Sweep<Piece> sweep =
        new Sweep<>(Piece::start, Piece::end, Comparator.comparingLong(Piece::rank)) {
          @Override
          protected void meet(Piece top, Piece next) {
            if (top.shift() != next.shift()) {
              overlaps.conflicts++;
            }
          }

          @Override
          protected void show(Piece piece, long start, long end) {
            overlaps.show(piece.cut(start, end));
          }
        };
    sweep.run(pieces);
    return new Result(overlaps.shown, overlaps.conflicts);
  }

  private void show(Piece piece) {
    if (!shown.isEmpty() && shown.getLast().continuedBy(piece)) {
      Piece last = shown.removeLast();
      shown.add(new Piece(last.start, piece.end, last.source, last.rank, last.number));
    } else {
      shown.add(piece);
    }
  }
}
