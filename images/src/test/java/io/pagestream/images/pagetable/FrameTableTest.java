package io.pagestream.images.pagetable;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.RangeProvenance;
import io.pagestream.schemas.page.Pages;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Each page has the facts that were added to it, for any representation. */
final class FrameTableTest {
  private static final long HIGH = 1L << 40;

  @Test
  void chunksSayWhatSinglePagesWould() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    FrameTable table = new FrameTable(List.of(extent(0x300, 2000), extent(HIGH >> 12, 1300)));
    Map<Long, Integer> naive = new HashMap<>();
    for (int i = 0; i < 400; i++) {
      long pages = random.nextInt(3) == 0 ? 512L << random.nextInt(3) : 1;
      long base = random.nextBoolean() ? 0 : HIGH;
      long at = (base + ((long) random.nextInt(4096) << 12)) & -(pages << 12);
      int type = random.nextInt(TypeIndex.count());
      table.addMapping(at, pages, type, pages > 1);
      for (long page = 0; page < pages; page++) {
        naive.merge(
            at + Pages.address(page),
            PageFacts.with(0, PageFacts.mapping(type, pages > 1)),
            (before, one) -> PageFacts.with(before, PageFacts.mapping(type, pages > 1)));
      }
    }
    for (long at = Pages.address(0x300); at < Pages.address(0x300 + 2000); at += Pages.SIZE) {
      assertThat(table.factsOf(at))
          .as("seed %d, page %x", seed, at)
          .isEqualTo(naive.getOrDefault(at, 0));
    }
    for (long at = HIGH; at < HIGH + Pages.address(1300); at += Pages.SIZE) {
      assertThat(table.factsOf(at))
          .as("seed %d, page %x", seed, at)
          .isEqualTo(naive.getOrDefault(at, 0));
    }
  }

  @Test
  void asManyMappingsAsAreCountedStandForMore() {
    int facts = 0;
    for (int i = 0; i < PageFacts.MOST_MAPPINGS + 10; i++) {
      facts = PageFacts.with(facts, PageFacts.mapping(7, false));
    }
    assertThat(PageFacts.mappings(facts)).isEqualTo(65535);
    assertThat(PageFacts.cacheTypes(facts)).isEqualTo(1 << 7);
  }

  @Test
  void theFirstKnownTypeIsEstablishedAndUnknownOnesDisagreeWithNobody() {
    int facts = PageFacts.with(0, PageFacts.mapping(TypeIndex.UNKNOWN, false));
    facts = PageFacts.with(facts, PageFacts.mapping(4, false));
    assertThat(PageFacts.firstType(facts)).isEqualTo(TypeIndex.type(4));
    assertThat(PageFacts.isAliased(facts)).isFalse();
    facts = PageFacts.with(facts, PageFacts.mapping(7, true));
    assertThat(PageFacts.firstType(facts)).isEqualTo(TypeIndex.type(4));
    assertThat(PageFacts.isAliased(facts)).isTrue();
    assertThat(PageFacts.isLarge(facts)).isTrue();
  }

  private static PhysicalExtent extent(long frame, long pages) {
    return new PhysicalExtent(
        Pages.address(frame), pages, RangeKind.RAM, RangeProvenance.CONTAINER, "");
  }
}
