package io.pagestream.images.pagetable;

import io.pagestream.schemas.avro.CacheAlias;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.MappingSpan;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Facts from page tables about each page of an image: those from named roots, and separately the
 * additional ones from roots found by their shape.
 *
 * @param named {@link PageFacts} by named roots
 * @param byShape {@link PageFacts} of mappings only under roots found by their shape
 * @param aliases of both
 * @param anomalies mappings that satisfy a definition
 */
record TableFacts(FrameTable named, FrameTable byShape, Aliases aliases, Anomalies anomalies) {
  /**
   * The mappings of consecutive pages: spans that cover them in order; adjacent spans differ, or
   * the later one begins with an anomaly.
   *
   * @param unmapped the established type of a page without a mapping under named roots
   */
  List<MappingSpan> spansOf(long physicalAddress, int pageCount, CacheType unmapped) {
    List<MappingSpan> spans = new ArrayList<>();
    int begun = 0;
    int facts = named.factsOf(physicalAddress);
    int further = byShape.factsOf(physicalAddress);
    CacheAlias alias = aliases.aliasOf(physicalAddress);
    for (int page = 1; page <= pageCount; page++) {
      long address = physicalAddress + Pages.address(page);
      boolean goesOn =
          page < pageCount
              && named.factsOf(address) == facts
              && byShape.factsOf(address) == further
              && aliases.goesOn(alias, page - begun, address)
              && anomalies.at(address).isEmpty();
      if (!goesOn) {
        MappingSpan span = span(begun, page - begun, facts, further, alias, unmapped);
        span.setAnomalies(anomalies.at(physicalAddress + Pages.address(begun)));
        spans.add(span);
        if (page < pageCount) {
          begun = page;
          facts = named.factsOf(address);
          further = byShape.factsOf(address);
          alias = aliases.aliasOf(address);
        }
      }
    }
    return spans;
  }

  static MappingSpan span(
      int firstPage,
      int count,
      int facts,
      int further,
      @Nullable CacheAlias alias,
      CacheType unmapped) {
    MappingSpan span = new MappingSpan();
    span.setFirstPage(firstPage);
    span.setPageCount(count);
    span.setMappings(PageFacts.mappings(facts));
    span.setCacheTypes(PageFacts.cacheTypes(facts));
    span.setEstablished(PageFacts.mappings(facts) > 0 ? PageFacts.firstType(facts) : unmapped);
    span.setLargePage(PageFacts.isLarge(facts));
    span.setPagingStructure(PageFacts.isPagingStructure(facts));
    span.setAlias(alias);
    span.setAnomalies(List.of());
    span.setShapeMappings(PageFacts.mappings(further));
    span.setShapeCacheTypes(PageFacts.cacheTypes(further));
    span.setShapeLargePage(PageFacts.isLarge(further));
    span.setShapePagingStructure(
        PageFacts.isPagingStructure(further) && !PageFacts.isPagingStructure(facts));
    return span;
  }
}
