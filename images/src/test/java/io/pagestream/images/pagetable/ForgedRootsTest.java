package io.pagestream.images.pagetable;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.MappingSpan;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Forged roots in addition to those that the image names. */
final class ForgedRootsTest {
  private static final long SIZE = 1L << 30;
  private static final int TABLES = 1000;

  /** Noise with entries to everywhere uses up its own budget, not that of a named root. */
  @Test
  void aRootThatNeverEndsStarvesNoOtherNamedRoot() {
    long seed = Long.getLong("pagetable.seed", new Random().nextLong());
    System.out.println("ForgedRootsTest: -Dpagetable.seed=" + seed);
    TableHeap heap = TableHeap.healthy(SIZE, TABLES);
    List<Long> sound = heap.roots();
    long noise = heap.noise(new Random(seed), 200);
    List<Long> named = new ArrayList<>(List.of(noise)); // it is walked first
    named.addAll(sound);
    named.sort(null);
    assertThat(named.getFirst()).isEqualTo(noise);

    PageMappings mappings = walked(heap, named, List.of());
    PageMappings alone = walked(heap, sound, List.of());

    assertThat(mappings.summary().orElseThrow().mappings())
        .isGreaterThanOrEqualTo(alone.summary().orElseThrow().mappings());
    for (long page = 256; page < Pages.frameNumber(SIZE); page += 7) { // after the ISA window
      assertThat(span(mappings, page).getMappings())
          .isGreaterThanOrEqualTo(span(alone, page).getMappings());
      assertThat(span(mappings, page).getEstablished()).isEqualTo(CacheType.WRITE_BACK);
    }
  }

  /** For any number of forged roots, the deciding fields are only those of the named root. */
  @Test
  void rootsFoundByShapeChangeNoFieldThatDecides() {
    TableHeap heap = TableHeap.healthy(SIZE, TABLES);
    List<Long> named = heap.roots().subList(0, 1);
    List<Long> others = heap.roots().subList(1, heap.roots().size());
    PageMappings alone = walked(heap, named, List.of());
    PageMappings beside = walked(heap, named, others);
    long further = 0;
    for (long page = 0; page < Pages.frameNumber(SIZE); page++) {
      MappingSpan expected = span(alone, page);
      MappingSpan span = span(beside, page);
      assertThat(span.getMappings()).isEqualTo(expected.getMappings());
      assertThat(span.getCacheTypes()).isEqualTo(expected.getCacheTypes());
      assertThat(span.getEstablished()).isEqualTo(expected.getEstablished());
      assertThat(span.getLargePage()).isEqualTo(expected.getLargePage());
      assertThat(span.getPagingStructure()).isEqualTo(expected.getPagingStructure());
      further += span.getShapeMappings();
    }
    assertThat(further).isPositive();
    assertThat(beside.mappingsOf(0)).anyMatch(mapping -> !mapping.rootByShape());
  }

  private static MappingSpan span(PageMappings mappings, long page) {
    return mappings.spansOf(Pages.address(page), 1).getFirst();
  }

  private static PageMappings walked(TableHeap heap, List<Long> named, List<Long> byShape) {
    AddressSpaces spaces =
        new AddressSpaces(PagingMode.FOUR_LEVEL, GuestSystem.LINUX, named, byShape, 0);
    try (TablePages pages = new TablePages(heap)) {
      return PageTables.walked(heap, pages, spaces, PageTableOptions.defaults());
    }
  }
}
