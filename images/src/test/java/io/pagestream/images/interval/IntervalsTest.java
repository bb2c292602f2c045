package io.pagestream.images.interval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Compares sorted, disjoint intervals with the set of their positions. */
final class IntervalsTest {
  static final int PLACES = 80;

  @Property
  void holdExactlyThePlacesThatWereAdded(
      @ForAll @Size(max = 20) List<@IntRange(max = PLACES - 8) Integer> starts,
      @ForAll @Size(min = 20, max = 20) List<@IntRange(min = 1, max = 8) Integer> lengths) {
    List<Integer> sorted = new ArrayList<>(starts);
    Collections.sort(sorted);
    BitSet places = new BitSet();
    Intervals.Builder builder = new Intervals.Builder();
    for (int i = 0; i < sorted.size(); i++) {
      int end = sorted.get(i) + lengths.get(i);
      builder.add(sorted.get(i), end);
      places.set(sorted.get(i), end);
    }
    Intervals intervals = builder.build();

    assertThat(intervals.length()).isEqualTo(places.cardinality());
    AscendingLookup<Interval> lookup =
        new AscendingLookup<>(builder.list(), Interval::start, Interval::end);
    for (int place = 0; place <= PLACES; place++) {
      assertThat(intervals.contains(place)).isEqualTo(places.get(place));
      assertThat(lookup.at(place) != null).isEqualTo(places.get(place));
      int next = places.nextSetBit(place);
      int index = intervals.firstAfter(place);
      assertThat(index == intervals.size()).isEqualTo(next < 0);
      if (next >= 0) {
        assertThat(Math.max(place, intervals.start(index))).isEqualTo(next);
      }
    }
    for (int i = 1; i < intervals.size(); i++) {
      assertThat(intervals.start(i)).isGreaterThan(intervals.end(i - 1));
    }
  }

  @Property
  void cuttingTakesAwayWhatLiesBehind(
      @ForAll @Size(max = 10) List<@IntRange(max = PLACES) Integer> starts,
      @ForAll @IntRange(max = PLACES) int place) {
    Intervals.Builder builder = new Intervals.Builder();
    starts.stream().sorted().forEach(start -> builder.add(start, start + 3));
    Intervals before = builder.build();

    builder.cut(place);

    Intervals after = builder.build();
    for (int at = 0; at < PLACES + 3; at++) {
      assertThat(after.contains(at)).isEqualTo(at < place && before.contains(at));
    }
  }

  @Test
  void whatIsBeyondTheMostBecomesPartOfTheLast() {
    assertThat(new Intervals.Builder(2).add(0, 1).add(5, 6).add(8, 9).add(20, 21).list())
        .containsExactly(new Interval(0, 1), new Interval(5, 21));
  }

  @Test
  void anIntervalIsNeverEmpty() {
    assertThatThrownBy(() -> new Interval(4, 4)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Interval(-1, 4)).isInstanceOf(IllegalArgumentException.class);
  }

  @Property
  void aSweepShowsTheStrongestAtEachPlace(
      @ForAll @Size(max = 12) List<@IntRange(max = PLACES - 20) Integer> starts,
      @ForAll @Size(min = 12, max = 12) List<@IntRange(min = 1, max = 20) Integer> lengths) {
    record Thing(long start, long end, int rank) {}
    List<Thing> things = new ArrayList<>();
    for (int i = 0; i < starts.size(); i++) {
      things.add(new Thing(starts.get(i), starts.get(i) + lengths.get(i), i));
    }
    int[] shown = new int[PLACES];
    Arrays.fill(shown, -1);
    Sweep<Thing> sweep =
        new Sweep<>(Thing::start, Thing::end, Comparator.comparingInt(Thing::rank)) {
          private long done;

          @Override
          protected void show(Thing thing, long from, long to) {
            assertThat(from).isGreaterThanOrEqualTo(done).isLessThan(to);
            done = to;
            Arrays.fill(shown, (int) from, (int) to, thing.rank());
          }
        };
    sweep.run(things);

    for (int place = 0; place < PLACES; place++) {
      long at = place;
      int strongest =
          things.stream()
              .filter(thing -> thing.start() <= at && at < thing.end())
              .mapToInt(Thing::rank)
              .min()
              .orElse(-1);
      assertThat(shown[place]).isEqualTo(strongest);
    }
  }
}
