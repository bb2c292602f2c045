package io.pagestream.cases.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.RangeProvenance;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PageTableWarningsTest {
  private static final long PAGES = PageTableWarnings.FEWEST_PAGES;

  @Test
  void a_complete_walk_needs_no_warning() {
    assertThat(of("raw", PAGES, Map.of("page-tables", "4-level", "page-tables.complete", "yes")))
        .isEmpty();
  }

  @Test
  void no_page_tables_are_reported_with_what_to_try() {
    assertThat(of("raw", PAGES, Map.of("page-tables", "none found")))
        .hasSize(2)
        .anyMatch(warning -> warning.startsWith("Page tables: none found."))
        .anyMatch(warning -> warning.contains("look squeezed") && warning.contains("--ranges"));
    assertThat(of("lime", PAGES, Map.of("page-tables", "none found"))).hasSize(1);
    assertThat(of("raw", PAGES - 1, Map.of("page-tables", "none found"))).isEmpty();
    assertThat(of("raw", PAGES, Map.of("page-tables", "not read: disabled"))).isEmpty();
  }

  @Test
  void missing_endless_and_forged_tables_are_reported() {
    assertThat(of("raw", 1, Map.of("page-tables", "4-level", "page-tables.missing", "3")))
        .anyMatch(warning -> warning.contains("3 tables are not in the image"))
        .anyMatch(warning -> warning.contains("--ranges"));
    assertThat(of("elf", 1, Map.of("page-tables.given-up", "yes")))
        .singleElement()
        .asString()
        .contains("given up");
    assertThat(of("elf", 1, Map.of("page-tables.user-mapped-tables", "1")))
        .singleElement()
        .asString()
        .contains("forged");
    assertThat(of("elf", 1, Map.of("page-tables.missing", "9".repeat(40)))).isEmpty();
  }

  private static List<String> of(String format, long pages, Map<String, String> hints) {
    ImageManifest manifest = new ImageManifest();
    manifest.setFormat(format);
    manifest.setHints(hints);
    manifest.setRangeMapPages(pages);
    manifest.setAbsentPages(0L);
    manifest.setRanges(
        List.of(
            new AddressRange(
                0L,
                pages,
                RangeKind.UNKNOWN,
                RangeProvenance.DEFAULT,
                CacheType.UNKNOWN,
                false,
                "",
                "")));
    return PageTableWarnings.of(manifest);
  }
}
