package io.pagestream.images.pagetable;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagestream.images.OpenedImage;
import io.pagestream.schemas.page.Pages;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Compares the tables of real guests (Linux 6.1, reduced to the pages with tables by {@code
 * extract_page_tables.py}) with the listings of QEMU and the guest itself.
 */
final class QemuListingTest {
  private static final String FOUR_LEVELS = "qemu-q35-256";
  private static final String FIVE_LEVELS_ISOLATED = "qemu-la57-isolation-128";
  private static final long WRITABLE = 2;
  private static final long USER = 4;

  /**
   * A guest.
   *
   * @param folder its files
   * @param facts facts from its own programs and QEMU's registers
   * @param opened its page tables
   */
  private record Guest(Path folder, JsonNode facts, OpenedImage opened) {
    static Guest open(String name) {
      Path folder = TestTables.FOLDER.resolve(name);
      return new Guest(
          folder,
          TestTables.json(folder.resolve("facts.json")),
          TestTables.open(folder.resolve("tables.raw.gz")));
    }

    List<String> lines(String file) {
      return TestTables.lines(folder.resolve(file));
    }

    PageMappings mappings() {
      return TestTables.read(opened.image());
    }

    void walkFirstProcessor(WalkSink sink) {
      PagingMode mode =
          facts.path("levels").asInt() == 5 ? PagingMode.FIVE_LEVEL : PagingMode.FOUR_LEVEL;
      try (TablePages pages = new TablePages(opened.image())) {
        new TableWalk(pages, mode, new EntryDecoder(mode, 0), 0)
            .walkNamed(List.of(facts.path("cr3").path(0).asLong()), true, sink);
      }
    }
  }

  private interface Check {
    void of(Guest guest);
  }

  private static Stream<DynamicTest> guests(Check check) {
    return Stream.of(FOUR_LEVELS, FIVE_LEVELS_ISOLATED)
        .map(name -> DynamicTest.dynamicTest(name, () -> with(name, check)));
  }

  private static void with(String name, Check check) {
    Guest guest = Guest.open(name);
    try (OpenedImage opened = guest.opened()) {
      assertThat(opened.image().extents()).isNotEmpty();
      check.of(guest);
    }
  }

  @TestFactory
  Stream<DynamicTest> theProcessorsMappingsAreQemusInfoTlbLineByLine() {
    return guests(guest -> {
      List<String> lines = new ArrayList<>();
      List<String> kernel = new ArrayList<>();
      guest.walkFirstProcessor((root, virtual, physical, pages, entry, rights) ->
          (virtual < 0 ? kernel : lines)
              .add("%016x: %016x %s".formatted(virtual, physical, flags(entry))));
      lines.addAll(kernel); // QEMU lists lower addresses first, we walk the kernel's half first
      assertThat(lines).isEqualTo(guest.lines("info-tlb.txt.gz"));
    });
  }

  /** QEMU, target/i386/monitor.c: NX, global, PS (which is PAT in a small page), dirty … */
  private static String flags(long entry) {
    StringBuilder flags = new StringBuilder(entry < 0 ? "X" : "-");
    String names = "GPDACTUW";
    for (int i = 0; i < names.length(); i++) {
      flags.append(((entry >>> (8 - i)) & 1) != 0 ? names.charAt(i) : '-');
    }
    return flags.toString();
  }

  /** {@code info mem}: stretches of one protection. QEMU 7.2 lists none with 5 levels. */
  @Test
  void theProcessorsMappingsMakeUpQemusInfoMem() {
    with(
        FOUR_LEVELS,
        guest -> {
          TreeMap<Long, long[]> stretches = new TreeMap<>(Long::compareUnsigned);
          guest.walkFirstProcessor((root, virtual, physical, pages, entry, rights) ->
              append(stretches, virtual, virtual + Pages.address(pages), rights));
          List<String> lines = new ArrayList<>();
          stretches.forEach((start, end) -> lines.add(line(start, end[0], end[1])));
          assertThat(lines).isEqualTo(guest.lines("info-mem.txt.gz"));
        });
  }

  private static void append(
      NavigableMap<Long, long[]> stretches, long start, long end, long rights) {
    long protection = rights & (USER | WRITABLE);
    Map.Entry<Long, long[]> before = stretches.floorEntry(start);
    if (before != null && before.getValue()[0] == start && before.getValue()[1] == protection) {
      before.getValue()[0] = end;
    } else {
      stretches.put(start, new long[] {end, protection});
    }
  }

  private static String line(long start, long end, long protection) {
    String user = (protection & USER) != 0 ? "u" : "-";
    String write = (protection & WRITABLE) != 0 ? "w" : "-";
    return "%016x-%016x %016x %sr%s".formatted(start, end, end - start, user, write);
  }

  @TestFactory
  Stream<DynamicTest> bothProcessorsTablesAreFoundWithoutTheirRegisters() {
    return guests(guest -> {
      PageMappings mappings = guest.mappings();
      List<Long> wanted = new ArrayList<>();
      guest.facts().path("cr3").forEach(cr3 -> wanted.add(cr3.asLong()));
      assertThat(mappings.roots()).hasSizeGreaterThan(10).containsAll(wanted);
      assertThat(mappings.summary().orElseThrow().isComplete()).isTrue();
      assertThat(mappings.hints())
          .containsEntry("page-tables.aliased-pages", "0")
          .hasEntrySatisfying(
              "page-tables",
              how -> assertThat(how).startsWith(guest.facts().path("levels") + "-level, Linux"));
    });
  }

  @Test
  void bothTablesOfAnIsolatedProcessAreFound() {
    with(
        FIVE_LEVELS_ISOLATED,
        guest -> {
          List<Long> roots = guest.mappings().roots();
          assertThat(roots)
              .filteredOn(root -> (root & Pages.SIZE) != 0)
              .hasSize(10)
              .allMatch(user -> roots.contains(user - Pages.SIZE));
        });
  }

  /**
   * The pagemap of the guest's planter contains the location of its pages: each of them is mapped
   * there, in one process (the pages are private), and has no other user mapping.
   */
  @TestFactory
  Stream<DynamicTest> plantedPagesAreMappedAsTheGuestsPagemapSays() {
    return guests(guest -> {
      PageMappings mappings = guest.mappings();
      assertThat(guest.facts().path("plants")).hasSizeGreaterThan(100);
      for (JsonNode plant : guest.facts().path("plants")) {
        assertThat(mappings.mappingsOf(plant.path("physicalAddress").asLong()))
            .as("%s", plant)
            .filteredOn(Mapping::isUser)
            .extracting(Mapping::virtualAddress)
            .containsExactly(plant.path("virtualAddress").asLong());
      }
    });
  }
}
