package io.pagestream.mapper.stage;

import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.MappingSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Possible page-table information about a run's pages. */
final class MappedRuns {
  private MappedRuns() {}

  /** A span that is mapped once with a type, or not at all. */
  static MappingSpan span(int firstPage, int pages, CacheType established) {
    boolean mapped = established != CacheType.UNKNOWN && established != CacheType.NOT_ESTABLISHED;
    return MappingSpan.newBuilder()
        .setFirstPage(firstPage)
        .setPageCount(pages)
        .setMappings(mapped ? 1 : 0)
        .setCacheTypes(mapped ? bit(established) : 0)
        .setEstablished(established)
        .build();
  }

  /** A span whose mappings differ. */
  static MappingSpan aliased(int firstPage, int pages, CacheType first, CacheType second) {
    MappingSpan span = span(firstPage, pages, first);
    span.setMappings(2);
    span.setCacheTypes(bit(first) | bit(second));
    return span;
  }

  /** Pages that hold page tables. */
  static MappingSpan tables(int firstPage, int pages) {
    MappingSpan span = span(firstPage, pages, CacheType.WRITE_BACK);
    span.setPagingStructure(true);
    return span;
  }

  /** Any spans that cover a run. */
  static List<MappingSpan> random(Random random, int pageCount) {
    List<MappingSpan> spans = new ArrayList<>();
    CacheType[] types = CacheType.values();
    for (int page = 0; page < pageCount; ) {
      int length = Math.min(1 + random.nextInt(9), pageCount - page);
      CacheType first = types[random.nextInt(types.length)];
      MappingSpan span = span(page, length, first);
      if (span.getCacheTypes() != 0 && random.nextInt(3) == 0) {
        span = aliased(page, length, first, CacheType.WRITE_THROUGH);
      }
      if (first != CacheType.NOT_ESTABLISHED && random.nextInt(4) == 0) {
        span.setMappings(span.getMappings() + 1);
        span.setCacheTypes(span.getCacheTypes() | bit(CacheType.UNKNOWN));
      }
      span.setLargePage(random.nextInt(3) == 0);
      span.setPagingStructure(random.nextInt(5) == 0);
      spans.add(span);
      page += length;
    }
    return spans;
  }

  static int bit(CacheType type) {
    return 1 << List.of(CacheType.values()).indexOf(type);
  }
}
