package io.pagestream.images.pagetable;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagestream.images.OpenedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Compares the tables of real 32-bit guests (Debian's 686 and 686-pae kernels, Linux 6.1, reduced
 * to the pages with tables by {@code extract_short_page_tables.py}) with the listing of QEMU.
 */
final class ShortGuestsTest {
  private static final List<String> GUESTS = List.of("qemu-i386", "qemu-i386-pae");

  /** QEMU 7.2 leaves the no-execute bit in the addresses of PAE's entries. */
  private static final long NO_EXECUTE = Long.MIN_VALUE;

  private static Stream<DynamicTest> guests(BiConsumer<Path, JsonNode> check) {
    return GUESTS.stream()
        .map(name ->
            DynamicTest.dynamicTest(
                name,
                () -> {
                  Path folder = TestTables.FOLDER.resolve(name);
                  check.accept(folder, TestTables.json(folder.resolve("facts.json")));
                }));
  }

  @TestFactory
  Stream<DynamicTest> anElf32OfTheGuestIsWalkedAsQemuLists() {
    return guests((folder, facts) -> {
      try (OpenedImage opened = TestTables.open(folder.resolve("tables.elf.gz"))) {
        PageMappings mappings = TestTables.read(opened.image());

        assertThat(mappings.namedRoots()).containsExactly(facts.path("cr3").asLong());
        assertThat(mappings.hints())
            .hasEntrySatisfying(
                "page-tables", how -> assertThat(how).startsWith(title(facts) + ", Linux, "))
            .containsEntry(
                "page-tables.pat", "not given: 0x0407050600070106 assumed, as Linux writes it")
            .containsEntry("page-tables.complete", "yes");
        assertThat(lines(opened, facts)).isEqualTo(listed(folder));
        assertThat(mappings.warnings()).isEmpty();
      }
    });
  }

  /** A raw image names no root: its tables are found by their shape. */
  @TestFactory
  Stream<DynamicTest> theProcessorsTableIsFoundInARawImage() {
    return guests((folder, facts) -> {
      try (OpenedImage opened = TestTables.open(folder.resolve("tables.raw.gz"))) {
        PageMappings mappings = TestTables.read(opened.image());

        assertThat(mappings.namedRoots()).isEmpty();
        assertThat(mappings.roots()).contains(facts.path("cr3").asLong());
        assertThat(mappings.hints().get("page-tables")).startsWith(title(facts) + ", Linux, ");
        assertThat(lines(opened, facts)).isEqualTo(listed(folder));
      }
    });
  }

  private static String title(JsonNode facts) {
    return facts.path("pae").asBoolean() ? "PAE" : "32-bit";
  }

  private static List<String> listed(Path folder) {
    return TestTables.lines(folder.resolve("info-tlb.txt.gz")).stream().sorted().toList();
  }

  private static List<String> lines(OpenedImage opened, JsonNode facts) {
    PagingMode mode = facts.path("pae").asBoolean() ? PagingMode.PAE : PagingMode.TWO_LEVEL;
    List<String> lines = new ArrayList<>();
    try (TablePages pages = new TablePages(opened.image())) {
      new TableWalk(pages, mode, new EntryDecoder(mode, 0), 0)
          .walkNamed(
              List.of(facts.path("cr3").asLong()),
              true,
              (root, virtual, physical, count, entry, rights) ->
                  lines.add(
                      "%016x: %016x %s"
                          .formatted(
                              virtual,
                              physical | (mode == PagingMode.PAE ? entry & NO_EXECUTE : 0),
                              flags(entry))));
    }
    lines.sort(null);
    return lines;
  }

  /** QEMU, target/i386/monitor.c, as in {@link QemuListingTest}. */
  private static String flags(long entry) {
    StringBuilder flags = new StringBuilder(entry < 0 ? "X" : "-");
    String names = "GPDACTUW";
    for (int i = 0; i < names.length(); i++) {
      flags.append(((entry >>> (8 - i)) & 1) != 0 ? names.charAt(i) : '-');
    }
    return flags.toString();
  }
}
