package io.pagestream.images.interval;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Makes intervals disjoint: where several cover the same place, the one of the lowest rank shows.
 * Takes {@code n log n} time and at most {@code 2n} results, whatever the input, since the input is
 * hostile.
 */
public final class OverlapSweep {
  /**
   * An interval of the target that shows a stretch of the source.
   *
   * @param start first place in the target
   * @param end place after the last
   * @param source place in the source of {@code start}. Intervals of one {@code start - source}
   *     show the same where they overlap, and become one where they touch
   * @param rank the lower shows
   * @param number number for people
   */
  public record Piece(long start, long end, long source, long rank, int number) {
    /** What turns a place in the source into a place in the target. */
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
   * The outcome.
   *
   * @param intervals sorted by start, disjoint
   * @param conflicts how many intervals were partly hidden by one that shows another source
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
