package io.pagestream.images.pagetable;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagestream.images.OpenedImage;
import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.images.memorytype.CacheFacts;
import io.pagestream.images.memorytype.PatLayout;
import io.pagestream.schemas.avro.CacheAlias;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.MappingSpan;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Page tables of every paging mode, written from the manual by {@code write_page_tables.py}, give
 * the same result for every page as that script.
 */
final class SyntheticTablesTest {
  @TestFactory
  Stream<DynamicTest> everyPageIsAsExpected() {
    return images(image -> {
      PageMappings mappings = read(image);
      WalkSummary summary = mappings.summary().orElseThrow();
      assertThat(mappings.roots()).isEqualTo(longs(image.path("roots")));
      assertThat(mappings.hints().get("page-tables")).startsWith(image.path("mode").asText() + ",");
      assertThat(summary.mappings()).isEqualTo(image.path("leaves").asLong());
      assertThat(summary.malformedEntries()).isEqualTo(image.path("malformed").asLong());
      assertThat(summary.missingTables()).isEqualTo(image.path("missing").asLong());
      for (JsonNode page : image.path("pages")) {
        check(page, mappings);
      }
      checkTheRest(image, mappings);
    });
  }

  private static void check(JsonNode page, PageMappings mappings) {
    List<MappingSpan> spans =
        mappings.spansOf(page.path("page").asLong(), page.path("count").asInt());
    spans.forEach(span -> check(page, mappings, span)); // an anomaly begins a span of its own
    MappingSpan span = spans.getFirst();
    assertThat(spans.stream().skip(1).filter(each -> each.getAnomalies().isEmpty()))
        .as("page %x: %s", page.path("page").asLong(), span)
        .isEmpty();
  }

  private static void check(JsonNode page, PageMappings mappings, MappingSpan span) {
    if (mappings.namedRoots().isEmpty()) {
      checkByShape(page, span);
      return;
    }
    assertThat(span.getShapeMappings()).isZero();
    assertThat(span.getMappings()).isEqualTo(page.path("mappings").asInt());
    assertThat(span.getCacheTypes()).isEqualTo(mask(page.path("types")));
    assertThat(span.getEstablished())
        .isEqualTo(CacheType.valueOf(page.path("established").asText()));
    assertThat(span.getLargePage()).isEqualTo(page.path("large").asBoolean());
    assertThat(span.getPagingStructure()).isEqualTo(page.path("structure").asBoolean());
    assertThat(span.getAlias()).isEqualTo(alias(page.path("alias")));
  }

  /** The same facts, but none of them in deciding fields. */
  private static void checkByShape(JsonNode page, MappingSpan span) {
    assertThat(span.getShapeMappings()).isEqualTo(page.path("mappings").asInt());
    assertThat(span.getShapeCacheTypes()).isEqualTo(mask(page.path("types")));
    assertThat(span.getShapeLargePage()).isEqualTo(page.path("large").asBoolean());
    assertThat(span.getShapePagingStructure()).isEqualTo(page.path("structure").asBoolean());
    assertThat(span.getMappings()).isZero();
    assertThat(span.getCacheTypes()).isZero();
    assertThat(span.getEstablished()).isEqualTo(CacheType.UNKNOWN);
    assertThat(span.getLargePage()).isFalse();
    assertThat(span.getPagingStructure()).isFalse();
    CacheAlias alias = alias(page.path("alias"));
    if (alias != null) {
      alias.setFirstRootByShape(true);
      alias.setSecondRootByShape(true);
    }
    assertThat(span.getAlias()).isEqualTo(alias);
  }

  /** Pages that the script does not list have no mapping and contain no table. */
  private static void checkTheRest(JsonNode image, PageMappings mappings) {
    CacheType none =
        image.path("missing").asInt() == 0 && !mappings.namedRoots().isEmpty()
            ? CacheType.NOT_ESTABLISHED
            : CacheType.UNKNOWN;
    long listed = 0;
    for (JsonNode page : image.path("pages")) {
      listed += page.path("count").asLong();
    }
    long others = 0;
    long pages = 0;
    try (OpenedImage opened = TestTables.open(file(image))) {
      for (PhysicalExtent extent : opened.image().extents()) {
        pages += extent.pageCount();
        for (MappingSpan span :
            mappings.spansOf(extent.physicalAddress(), (int) extent.pageCount())) {
          if (span.getMappings() == 0
              && !span.getPagingStructure()
              && span.getShapeMappings() == 0
              && !span.getShapePagingStructure()) {
            assertThat(span.getEstablished()).isEqualTo(none);
            others += span.getPageCount();
          }
        }
      }
    }
    assertThat(listed + others).isEqualTo(pages);
  }

  /** The information about each page is the same for any division into runs. */
  @TestFactory
  Stream<DynamicTest> runsOfAnySizeSayTheSame() {
    Random random = new Random(20260101);
    return images(image -> {
      PageMappings mappings = read(image);
      for (JsonNode page : image.path("pages")) {
        long start = page.path("page").asLong() - Pages.address(random.nextInt(16));
        int count = 1 + random.nextInt(256);
        int cut = random.nextInt(count + 1);
        List<MappingSpan> pieces = new ArrayList<>(mappings.spansOf(start, cut));
        mappings.spansOf(start + Pages.address(cut), count - cut).stream()
            .map(span -> moved(span, cut))
            .forEach(pieces::add);
        assertThat(singlePages(pieces)).isEqualTo(singlePages(mappings.spansOf(start, count)));
      }
    });
  }

  private static MappingSpan moved(MappingSpan span, int pages) {
    return MappingSpan.newBuilder(span).setFirstPage(span.getFirstPage() + pages).build();
  }

  private static List<MappingSpan> singlePages(List<MappingSpan> spans) {
    List<MappingSpan> pages = new ArrayList<>();
    for (MappingSpan span : spans) {
      for (int i = 0; i < span.getPageCount(); i++) {
        MappingSpan page = moved(span, i);
        page.setPageCount(1);
        CacheAlias alias = span.getAlias();
        if (alias != null) {
          long into = Pages.address(i);
          page.setAlias(
              CacheAlias.newBuilder(alias)
                  .setFirstVirtualAddress(alias.getFirstVirtualAddress() + into)
                  .setSecondVirtualAddress(alias.getSecondVirtualAddress() + into)
                  .build());
        }
        pages.add(page);
      }
    }
    return pages;
  }

  /** The listed mappings of a page match its counts. */
  @TestFactory
  Stream<DynamicTest> theMappingsOfAPageAreTheOnesCounted() {
    return images(image -> {
      try (OpenedImage opened = TestTables.open(file(image))) {
        PageMappings mappings = TestTables.read(opened.image(), options(image));
        for (JsonNode page : image.path("pages")) {
          long address = page.path("page").asLong();
          List<Mapping> listed = mappings.mappingsOf(address + 5);
          assertThat(listed).hasSize(page.path("mappings").asInt());
          int types = 0;
          for (Mapping mapping : listed) {
            types |= 1 << TypeIndex.of(mapping.effectiveType());
          }
          assertThat(types).isEqualTo(mask(page.path("types")));
        }
      }
    });
  }

  private interface Check {
    void of(JsonNode image);
  }

  private static Stream<DynamicTest> images(Check check) {
    JsonNode images =
        TestTables.json(TestTables.FOLDER.resolve("synthetic/expected.json")).path("images");
    return StreamSupport.stream(images.spliterator(), false)
        .filter(image -> !image.path("loops").asBoolean())
        .map(image -> DynamicTest.dynamicTest(image.path("name").asText(), () -> check.of(image)));
  }

  private static java.nio.file.Path file(JsonNode image) {
    return TestTables.FOLDER.resolve("synthetic").resolve(image.path("file").asText());
  }

  private static PageTableOptions options(JsonNode image) {
    List<CacheType> pat = new ArrayList<>();
    image.path("pat").forEach(type -> pat.add(CacheType.valueOf(type.asText())));
    return PageTableOptions.defaults()
        .withMemoryTypes(new CacheFacts(Optional.empty(), Optional.of(new PatLayout(pat))));
  }

  private static PageMappings read(JsonNode image) {
    try (OpenedImage opened = TestTables.open(file(image))) {
      return TestTables.read(opened.image(), options(image));
    }
  }

  private static int mask(JsonNode types) {
    int mask = 0;
    for (JsonNode type : types) {
      mask |= 1 << TypeIndex.of(CacheType.valueOf(type.asText()));
    }
    return mask;
  }

  private static @org.jspecify.annotations.Nullable CacheAlias alias(JsonNode alias) {
    if (alias.isMissingNode()) {
      return null;
    }
    return CacheAlias.newBuilder()
        .setFirstVirtualAddress(alias.path(0).path(0).bigIntegerValue().longValue())
        .setFirstType(CacheType.valueOf(alias.path(0).path(1).asText()))
        .setFirstRoot(alias.path(0).path(2).asLong())
        .setSecondVirtualAddress(alias.path(1).path(0).bigIntegerValue().longValue())
        .setSecondType(CacheType.valueOf(alias.path(1).path(1).asText()))
        .setSecondRoot(alias.path(1).path(2).asLong())
        .build();
  }

  private static List<Long> longs(JsonNode array) {
    List<Long> longs = new ArrayList<>();
    array.forEach(number -> longs.add(number.asLong()));
    return longs;
  }
}
