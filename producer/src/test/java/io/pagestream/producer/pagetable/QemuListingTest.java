package io.pagestream.producer.pagetable;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagestream.producer.image.OpenedImage;
import io.pagestream.schemas.page.Pages;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The tables of a real guest (Linux 6.1 on q35 with 256 MiB, of which only the pages that hold
 * tables are kept, by {@code extract_page_tables.py}) say what QEMU and the guest itself say.
 */
final class QemuListingTest {
  private static final Path GUEST = TestTables.FOLDER.resolve("qemu-q35-256");
  private static final JsonNode FACTS = TestTables.json(GUEST.resolve("facts.json"));
  private static final long WRITABLE = 2;
  private static final long USER = 4;

  private static OpenedImage guest;

  @BeforeAll
  static void open() {
    guest = TestTables.open(GUEST.resolve("tables.raw.gz"));
  }

  @AfterAll
  static void close() {
    guest.close();
  }

  @Test
  void theProcessorsMappingsAreQemusInfoTlbLineByLine() {
    List<String> lines = new ArrayList<>();
    List<String> kernel = new ArrayList<>();
    walkFirstProcessor((root, virtual, physical, pages, entry, rights) ->
        (virtual < 0 ? kernel : lines)
            .add("%016x: %016x %s".formatted(virtual, physical, flags(entry))));
    lines.addAll(kernel); // QEMU lists lower addresses first, we walk the kernel's half first
    assertThat(lines).isEqualTo(TestTables.lines(GUEST.resolve("info-tlb.txt.gz")));
  }

  /** QEMU, target/i386/monitor.c: NX, global, PS (which is PAT in a small page), dirty … */
  private static String flags(long entry) {
    StringBuilder flags = new StringBuilder(entry < 0 ? "X" : "-");
    String names = "GPDACTUW";
    for (int i = 0; i < names.length(); i++) {
      flags.append((entry >>> (8 - i) & 1) != 0 ? names.charAt(i) : '-');
    }
    return flags.toString();
  }

  /** {@code info mem}: stretches of one protection, lower halves first. */
  @Test
  void theProcessorsMappingsMakeUpQemusInfoMem() {
    TreeMap<Long, long[]> stretches = new TreeMap<>(Long::compareUnsigned);
    walkFirstProcessor((root, virtual, physical, pages, entry, rights) -> {
      Map.Entry<Long, long[]> before = stretches.floorEntry(virtual);
      long protection = rights & (USER | WRITABLE);
      if (before != null && before.getValue()[0] == virtual && before.getValue()[1] == protection) {
        before.getValue()[0] += Pages.address(pages);
      } else {
        stretches.put(virtual, new long[] {virtual + Pages.address(pages), protection});
      }
    });
    List<String> lines = new ArrayList<>();
    stretches.forEach((start, end) ->
        lines.add(
            "%016x-%016x %016x %sr%s"
                .formatted(
                    start,
                    end[0],
                    end[0] - start,
                    (end[1] & USER) != 0 ? "u" : "-",
                    (end[1] & WRITABLE) != 0 ? "w" : "-")));
    assertThat(lines).isEqualTo(TestTables.lines(GUEST.resolve("info-mem.txt.gz")));
  }

  private static void walkFirstProcessor(WalkSink sink) {
    try (TablePages pages = new TablePages(guest.image())) {
      new TableWalk(
              pages, PagingMode.FOUR_LEVEL, new EntryDecoder(PagingMode.FOUR_LEVEL, 0), 0, sink)
          .walk(List.of(FACTS.path("cr3").path(0).asLong()), true);
    }
  }

  @Test
  void bothProcessorsTablesAreFoundWithoutTheirRegisters() {
    PageMappings mappings = TestTables.read(guest.image());
    assertThat(mappings.roots())
        .contains(FACTS.path("cr3").path(0).asLong(), FACTS.path("cr3").path(1).asLong());
    assertThat(mappings.summary().orElseThrow().isComplete()).isTrue();
    assertThat(mappings.hints()).containsEntry("page-tables.aliased-pages", "0");
  }

  /**
   * The guest's planter says by its pagemap where its pages lie: each of them is mapped there, in
   * one process (the pages are private), and by the kernel.
   */
  @Test
  void plantedPagesAreMappedAsTheGuestsPagemapSays() {
    PageMappings mappings = TestTables.read(guest.image());
    int checked = 0;
    for (JsonNode plant : FACTS.path("plants")) {
      List<Mapping> users =
          mappings.mappingsOf(plant.path("physicalAddress").asLong()).stream()
              .filter(Mapping::isUser)
              .toList();
      assertThat(users)
          .as("%s", plant)
          .extracting(Mapping::virtualAddress)
          .containsExactly(plant.path("virtualAddress").asLong());
      checked++;
    }
    assertThat(checked).isGreaterThan(100);
  }
}
