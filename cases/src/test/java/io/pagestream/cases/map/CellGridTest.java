package io.pagestream.cases.map;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

final class CellGridTest {
  /** Ranges from pairs of hole and length, in pages. */
  private static DenseSpace space(List<Integer> lengths) {
    List<AddressRange> ranges = new ArrayList<>();
    long frame = 0;
    for (int i = 0; i + 1 < lengths.size(); i += 2) {
      frame += lengths.get(i);
      AddressRange range = new AddressRange();
      range.setPhysicalAddress(Pages.address(frame));
      range.setPageCount(lengths.get(i + 1));
      range.setKind(RangeKind.RAM);
      ranges.add(range);
      frame += lengths.get(i + 1);
    }
    return new DenseSpace(ranges);
  }

  @Property(tries = 300)
  void placesAndAddressesAreEachOthersInverse(
      @ForAll @Size(min = 2, max = 20) List<@IntRange(min = 1, max = 50) Integer> lengths) {
    DenseSpace space = space(lengths);
    for (long place = 0; place < space.pages(); place++) {
      assertThat(space.placeOf(space.addressOf(place))).isEqualTo(place);
    }
    assertThat(space.placeOf(Long.MAX_VALUE)).isEqualTo(space.pages());
    assertThat(space.placeOf(0)).isZero();
  }

  @Property(tries = 300)
  void dividingLosesAndInventsNoPage(
      @ForAll @Size(min = 2, max = 20) List<@IntRange(min = 1, max = 50) Integer> lengths,
      @ForAll @IntRange(max = 5) int shift,
      @ForAll @IntRange(min = 1, max = 40) int cells) {
    DenseSpace space = space(lengths);
    CellGrid grid = new CellGrid(space, 0, 1L << shift, cells);
    long[] pages = new long[cells];
    for (AddressRange range : space.ranges()) {
      grid.divide(range.getPhysicalAddress(), range.getPageCount(), (cell, n) -> pages[cell] += n);
    }
    long sum = 0;
    for (int cell = 0; cell < cells; cell++) {
      assertThat(pages[cell]).isLessThanOrEqualTo(1L << shift);
      sum += pages[cell];
    }
    assertThat(sum).isEqualTo(grid.end());
  }
}
