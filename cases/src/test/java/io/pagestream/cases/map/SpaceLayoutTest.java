package io.pagestream.cases.map;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.cases.map.SpaceLayout.Break;
import io.pagestream.cases.map.SpaceLayout.Extent;
import io.pagestream.cases.map.SpaceLayout.Piece;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class SpaceLayoutTest {
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;

  @Test
  void aSmallSpaceIsOneLineWithAPageAColumn() {
    SpaceLayout layout = SpaceLayout.ofExtents(List.of(new Extent(0, 40 * 4096)), 100, 8, 10);
    assertThat(layout.bytesPerColumn()).isEqualTo(4096);
    assertThat(layout.lines()).isEqualTo(1);
    assertThat(layout.pieces()).containsExactly(new Piece(0, 0, 40, 0, 0));
    assertThat(layout.cellOf(39 * 4096 + 4095)).isEqualTo(39);
    assertThat(layout.cellOf(40 * 4096)).isEqualTo(-1);
  }

  @Test
  void thePciHoleOfAMachineWithFiveGibibytesIsOneBreak() {
    SpaceLayout layout =
        SpaceLayout.ofExtents(
            List.of(new Extent(0, 2 * GIB), new Extent(4 * GIB, 7 * GIB)), 1280, 8, 96);
    assertThat(layout.bytesPerColumn()).isEqualTo(MIB);
    assertThat(layout.breaks()).containsExactly(new Break(1, 768, 2 * GIB, 4 * GIB));
    assertThat(layout.cellOf(2 * GIB - 1)).isEqualTo(2047);
    assertThat(layout.cellOf(3 * GIB)).isEqualTo(-1);
    assertThat(layout.cellOf(4 * GIB)).isEqualTo(2048);
    assertThat(layout.cells()).isEqualTo(5 * 1024);
  }

  @Test
  void aTebibyteWithAWindowFarAboveStillShowsTheTebibyte() {
    SpaceLayout layout =
        SpaceLayout.ofExtents(
            List.of(new Extent(0, 1024 * GIB), new Extent(0x3800_0000_0000L, 0x3810_0000_0000L)),
            1280,
            8,
            96);
    assertThat(layout.bytesPerColumn()).isEqualTo(128 * MIB);
    assertThat(layout.breaks()).hasSize(1);
  }

  @Test
  void anImageOfNothingHasNoColumns() {
    SpaceLayout layout = SpaceLayout.ofExtents(List.of(), 100, 8, 10);
    assertThat(layout.cells()).isZero();
    assertThat(layout.cellOf(0)).isEqualTo(-1);
  }

  /** Every page has a position, for any number and location of ranges. */
  @Property(tries = 200)
  void everyPageOfEveryRangeHasAColumnInsideOfThePicture(@ForAll long seed) {
    Random random = new Random(seed);
    List<Extent> extents = extents(random);
    SpaceLayout layout = SpaceLayout.ofExtents(extents, 120, 4, 10);
    assertThat(layout.lines()).isBetween(1, 4);
    for (Extent extent : extents) {
      int first = layout.cellOf(extent.start());
      int last = layout.cellOf(extent.end() - 1);
      assertThat(first).isBetween(0, layout.cells() - 1);
      assertThat(last).isBetween(first, layout.cells() - 1);
    }
    for (Piece piece : layout.pieces()) {
      assertThat(piece.x() + piece.length()).isLessThanOrEqualTo(120);
    }
  }

  private static List<Extent> extents(Random random) {
    List<Extent> extents = new ArrayList<>();
    long at = 0;
    for (int i = random.nextInt(2000); i >= 0 && at < Pages.ADDRESS_LIMIT / 2; i--) {
      long start = at + Pages.floor(random.nextLong(1L << random.nextInt(13, 48)));
      long end = start + Pages.SIZE * random.nextLong(1, 1L << random.nextInt(1, 30));
      extents.add(new Extent(start, end));
      at = end;
    }
    return extents;
  }
}
