package io.pagestream.images.interval;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.images.interval.OverlapSweep.Piece;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Compares the sweep with a direct implementation: the lowest of all that cover a position. */
final class OverlapSweepTest {
  private static final int PLACES = 64;

  @Property(tries = 500)
  void everyPlaceShowsTheLowestRankThatCoversIt(@ForAll("shapes") List<List<Integer>> shapes) {
    List<Piece> intervals = new ArrayList<>();
    for (int i = 0; i < shapes.size(); i++) {
      List<Integer> shape = shapes.get(i);
      long start = shape.get(0);
      intervals.add(new Piece(start, start + shape.get(1), start - shape.get(2), i, i));
    }
    List<Piece> shown = OverlapSweep.sweep(intervals).intervals();
    for (int i = 1; i < shown.size(); i++) {
      assertThat(shown.get(i).start()).isGreaterThanOrEqualTo(shown.get(i - 1).end());
    }
    for (int place = 0; place < PLACES; place++) {
      assertThat(shiftAt(shown, place)).as("place %d", place).isEqualTo(shiftAt(intervals, place));
    }
  }

  private static Optional<Long> shiftAt(List<Piece> intervals, long place) {
    return intervals.stream()
        .filter(i -> i.start() <= place && place < i.end())
        .min(Comparator.comparingLong(Piece::rank))
        .map(Piece::shift);
  }

  @Provide
  Arbitrary<List<List<Integer>>> shapes() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 40),
            Arbitraries.integers().between(1, 20),
            Arbitraries.integers().between(-2, 2))
        .as((start, length, shift) -> List.of(start, length, shift))
        .list()
        .ofMaxSize(8);
  }
}
