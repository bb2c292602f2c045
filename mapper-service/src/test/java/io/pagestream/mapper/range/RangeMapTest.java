package io.pagestream.mapper.range;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.RangeProvenance;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RangeMapTest {

  @Property(tries = 300)
  void looking_up_finds_what_walking_finds(
      @ForAll @IntRange(max = 12) int count, @ForAll long seed) {
    List<AddressRange> ranges = random(count, new Random(seed));
    RangeMap map = RangeMap.of(ranges);

    for (long page = 0; page < 150; page++) {
      for (long address : new long[] {page << 12, (page << 12) + 4095}) {
        assertThat(map.indexAt(address)).isEqualTo(walk(ranges, address));
      }
    }
    assertThat(map.pages()).isEqualTo(ranges.stream().mapToLong(AddressRange::getPageCount).sum());
  }

  @Property(tries = 300)
  void an_interval_is_covered_if_all_its_pages_are(
      @ForAll @IntRange(max = 12) int count, @ForAll long seed) {
    Random random = new Random(seed);
    List<AddressRange> ranges = random(count, random);
    RangeMap map = RangeMap.of(ranges);
    long first = random.nextInt(100);
    long end = first + 1 + random.nextInt(20);

    boolean all = true;
    for (long page = first; page < end; page++) {
      all &= walk(ranges, page << 12) >= 0;
    }
    assertThat(map.covers(first << 12, end << 12)).isEqualTo(all);
  }

  @Property(tries = 300)
  void a_map_that_is_cut_has_the_same_pages_and_no_range_over_a_border(
      @ForAll @IntRange(max = 12) int count, @ForAll long seed) {
    Random random = new Random(seed);
    List<AddressRange> ranges = random(count, random);
    List<Long> borders =
        random.longs(3, 0, 100).sorted().distinct().mapToObj(page -> page << 12).toList();
    RangeMap map = RangeMap.of(ranges);
    RangeMap cut = map.cutAt(borders);

    assertThat(cut.pages()).isEqualTo(map.pages());
    assertThat(cut.size()).isBetween(map.size(), map.size() + borders.size());
    for (int i = 0; i < cut.size(); i++) {
      AddressRange whole = map.range(map.indexAt(cut.start(i)));
      AddressRange part = AddressRange.newBuilder(cut.range(i)).build();
      part.setPhysicalAddress(whole.getPhysicalAddress());
      part.setPageCount(whole.getPageCount());
      assertThat(part).as("all else stays").isEqualTo(whole);
      for (long border : borders) {
        assertThat(border <= cut.start(i) || border >= cut.end(i)).isTrue();
      }
    }
    assertThat(map.cutAt(List.of())).isSameAs(map);
  }

  @Test
  void the_last_page_below_the_limit_can_be_in_a_range() {
    long last = Pages.ADDRESS_LIMIT - Pages.SIZE;

    assertThat(RangeMap.of(List.of(range(last, 1))).indexAt(Pages.ADDRESS_LIMIT - 1)).isZero();
  }

  @Test
  void a_map_that_is_not_sorted_disjoint_and_aligned_is_refused() {
    refuse(range(0x1000, 2), range(0x2000, 1));
    refuse(range(0x3000, 1), range(0x1000, 1));
    refuse(range(0x1000, 1), range(0x1000, 1));
    refuse(range(0x1001, 1));
    refuse(range(-0x1000, 1));
    refuse(range(0x1000, 0));
    refuse(range(0x1000, -5));
    refuse(range(0x1000, Long.MAX_VALUE));
    refuse(range(Pages.ADDRESS_LIMIT, 1));
    refuse(range(Pages.ADDRESS_LIMIT - Pages.SIZE, 2));
  }

  private static void refuse(AddressRange... ranges) {
    assertThatThrownBy(() -> RangeMap.of(List.of(ranges)))
        .isInstanceOf(PagestreamException.class)
        .hasMessageContaining(
            "0x" + Long.toHexString(ranges[ranges.length - 1].getPhysicalAddress()));
  }

  private static int walk(List<AddressRange> ranges, long address) {
    for (int i = 0; i < ranges.size(); i++) {
      long start = ranges.get(i).getPhysicalAddress();
      if (address >= start && address < start + ranges.get(i).getPageCount() * 4096) {
        return i;
      }
    }
    return -1;
  }

  private static List<AddressRange> random(int count, Random random) {
    List<AddressRange> ranges = new ArrayList<>();
    long page = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      long length = 1L + random.nextInt(9);
      ranges.add(range(page << 12, length));
      page += length + random.nextInt(3);
    }
    return ranges;
  }

  @Test
  void the_vgas_window_is_a_device_unless_a_sidecar_says_what_it_is() {
    RangeMap raw = RangeMap.of(List.of(range(0, 0x8000))).withVgaWindow();
    assertThat(raw.size()).isEqualTo(3);
    assertThat(raw.pages()).isEqualTo(0x8000);
    AddressRange window = raw.range(1);
    assertThat(window.getPhysicalAddress()).isEqualTo(0xa0000);
    assertThat(window.getPageCount()).isEqualTo(32);
    assertThat(window.getKind()).isEqualTo(RangeKind.DEVICE);
    assertThat(window.getProvenance()).isEqualTo(RangeProvenance.DEFAULT);

    AddressRange said = range(0, 0x8000);
    said.setProvenance(RangeProvenance.SIDE_FILE);
    assertThat(RangeMap.of(List.of(said)).withVgaWindow().size()).isEqualTo(1);
    assertThat(RangeMap.of(List.of(range(0, 0xa0))).withVgaWindow().size()).isEqualTo(1);
    assertThat(RangeMap.of(List.of(range(0xc0000, 4))).withVgaWindow().size()).isEqualTo(1);
    RangeMap inside = RangeMap.of(List.of(range(0xa1000, 2), range(0xb0000, 0x20)));
    assertThat(inside.withVgaWindow().range(0).getKind()).isNotEqualTo(RangeKind.UNKNOWN);
  }

  private static AddressRange range(long address, long pages) {
    return AddressRange.newBuilder().setPhysicalAddress(address).setPageCount(pages).build();
  }
}
