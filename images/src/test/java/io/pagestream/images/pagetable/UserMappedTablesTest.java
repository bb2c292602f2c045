package io.pagestream.images.pagetable;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.images.memory.ImageFacts;
import io.pagestream.images.memory.MemoryImage;
import io.pagestream.images.memory.PageState;
import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.MappingSpan;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.RangeProvenance;
import io.pagestream.schemas.page.Pages;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A page that a program can write is used as a page table by an entry in a live table. Its entries
 * must not decide anything: neither that it is a table, nor the type of any page.
 */
final class UserMappedTablesTest {
  private static final int PAGES = 64;
  private static final long USER_PAGE = 0x14000;
  private static final long LARGE_UC = 0x80 | 0x10 | 0x08 | 0x67; // 2 MiB, PCD, PWT
  private static final long SMALL_UC = 0x10 | 0x08 | 0x67;

  @Test
  void oneMoreEntryInALiveTableChangesNoPagesFacts() {
    Guest sound = new Guest();
    Guest forged = new Guest();
    forged.entry(0x3000, 5, USER_PAGE | 7);

    assertThat(decisions(forged)).isEqualTo(decisions(sound));
    assertThat(mappings(forged).warnings())
        .anyMatch(warning ->
            warning.contains(
                "1 pages that page-table entries use as tables are accessible in user"
                    + " mode (first: 0x14000)"));
    assertThat(mappings(sound).warnings()).isEmpty();
  }

  @Test
  void uncachedMappingsInAUserPageAreAnnotations() {
    long seed = Long.getLong("pagetable.seed", new Random().nextLong());
    System.out.println("UserMappedTablesTest: -Dpagetable.seed=" + seed);
    Random random = new Random(seed);
    List<List<Object>> sound = decisions(new Guest());
    for (int i = 0; i < 50; i++) {
      Guest forged = new Guest();
      int level = 2 + random.nextInt(3); // the level of the entry in the live table
      long table = new long[] {0x3000, 0x2000, 0x1000}[level - 2];
      forged.entry(table, 8 + random.nextInt(300), USER_PAGE | 7);
      for (int entry = 0; entry < 64; entry++) {
        long target = Pages.address(8 + random.nextInt(PAGES - 8));
        forged.entry(
            USER_PAGE,
            random.nextInt(512),
            level == 2 ? target | SMALL_UC : random.nextBoolean() ? LARGE_UC : target | 7);
      }
      List<List<Object>> decided = decisions(forged);
      assertThat(decided).as("guest %d", i).isEqualTo(sound);
      assertThat(decided.get((int) Pages.frameNumber(USER_PAGE)).get(3)).isEqualTo(false);
      assertThat(decided).noneMatch(facts -> facts.get(0) == CacheType.UNCACHED);
    }
  }

  /** The forged table maps all genuine tables for user mode, and not itself. */
  @Test
  void aForgedTableThatAccusesTheGenuineOnesIsCondemnedAlone() {
    Guest forged = new Guest();
    forged.entry(0x3000, 1, USER_PAGE | 7); // before the genuine one in the order of the walk
    for (int i = 1; i < 5; i++) {
      forged.entry(USER_PAGE, i, i * 0x1000L | SMALL_UC);
    }
    assertThat(decisions(forged)).isEqualTo(decisions(new Guest()));
  }

  @Test
  void theMappingsAreListedAsFoundByShape() {
    Guest forged = new Guest();
    forged.entry(0x3000, 5, USER_PAGE | 7);
    forged.entry(USER_PAGE, 3, 0x20000 | SMALL_UC);
    PageMappings mappings = mappings(forged);

    MappingSpan span = mappings.spansOf(0x20000, 1).getFirst();
    assertThat(span.getMappings()).isZero();
    assertThat(span.getShapeMappings()).isEqualTo(1);
    assertThat(mappings.spansOf(USER_PAGE, 1).getFirst().getShapePagingStructure()).isTrue();
    List<Mapping> listed = mappings.mappingsOf(0x20000);
    assertThat(listed).hasSize(1);
    assertThat(listed.getFirst().rootByShape()).isTrue();
    assertThat(listed.getFirst().root()).isEqualTo(USER_PAGE);
    assertThat(listed.getFirst().virtualAddress()).isEqualTo(5 * (2L << 20) + 3 * 4096);
  }

  /** Type, number of mappings, large page, paging structure: all that a verdict depends on. */
  private static List<List<Object>> decisions(Guest guest) {
    PageMappings mappings = mappings(guest);
    List<List<Object>> decisions = new ArrayList<>();
    for (int page = 0; page < PAGES; page++) {
      MappingSpan span = mappings.spansOf(Pages.address(page), 1).getFirst();
      decisions.add(
          List.of(
              span.getEstablished(),
              span.getMappings(),
              span.getLargePage(),
              span.getPagingStructure(),
              span.getCacheTypes()));
    }
    return decisions;
  }

  private static PageMappings mappings(Guest guest) {
    try (TablePages pages = new TablePages(guest)) {
      return PageTables.walked(
          guest,
          pages,
          new AddressSpaces(
              PagingMode.FOUR_LEVEL, GuestSystem.UNKNOWN, List.of(0x1000L), List.of(), 0),
          PageTableOptions.defaults());
    }
  }

  /** 64 pages; tables at 0x1000 to 0x4000; 16 user pages from 0x10000 on at 0x400000. */
  private static final class Guest implements MemoryImage {
    private final byte[] memory = new byte[PAGES * Pages.SIZE];
    private final ByteBuffer ram = ByteBuffer.wrap(memory).order(ByteOrder.LITTLE_ENDIAN);

    Guest() {
      entry(0x1000, 0, 0x2000 | 7);
      entry(0x2000, 0, 0x3000 | 7);
      entry(0x3000, 2, 0x4000 | 7);
      for (int i = 0; i < 16; i++) {
        entry(0x4000, i, (0x10000 + i * 4096L) | 0x67);
      }
    }

    void entry(long table, int index, long value) {
      ram.putLong((int) table + 8 * index, value);
    }

    @Override
    public ImageFacts facts() {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<PhysicalExtent> extents() {
      return List.of(
          new PhysicalExtent(0, PAGES, RangeKind.RAM, RangeProvenance.CONTAINER, "PT_LOAD 1"));
    }

    @Override
    public void read(long physicalAddress, int pageCount, MemorySegment into, PageState[] states) {
      MemorySegment.copy(
          MemorySegment.ofArray(memory), physicalAddress, into, 0, Pages.address(pageCount));
      java.util.Arrays.fill(states, 0, pageCount, PageState.PRESENT);
    }

    @Override
    public void close() {}
  }
}
