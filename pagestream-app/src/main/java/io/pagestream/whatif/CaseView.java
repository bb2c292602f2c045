package io.pagestream.whatif;

import io.pagestream.cases.casefolder.StoredCase;
import io.pagestream.cases.casefolder.StoredImage;
import io.pagestream.cases.verdicts.Mapping;
import io.pagestream.cases.verdicts.PageSpan;
import io.pagestream.mapper.call.MappingCall;
import io.pagestream.mapper.call.MemoryView;
import io.pagestream.mapper.call.RangeView;
import io.pagestream.mapper.policy.MappedTypes;
import io.pagestream.mapper.range.RangeMap;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.MappingSpan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What a finished case knows about the pages of calls. */
final class CaseView {
  private CaseView() {}

  /** Reads the case's verdicts once, and keeps the spans that the calls touch. */
  static MemoryView of(StoredCase stored, StoredImage image, List<MappingCall> calls) {
    List<PageSpan> spans = new ArrayList<>();
    stored.forEachSpan((imageId, span) -> {
      if (imageId.equals(image.imageId()) && touches(calls, span)) {
        spans.add(span);
      }
    });
    spans.sort(Comparator.comparingLong(PageSpan::physicalAddress));
    return new RangeView(
        RangeMap.of(image.ranges()).withVgaWindow(),
        (start, end) ->
            between(spans, start, end)
                .map(span -> new RangeView.Stretch(span.physicalAddress(), span.endAddress()))
                .toList(),
        (start, end) ->
            between(spans, start, end)
                .filter(span -> span.mapping() != null)
                .map(span ->
                    new RangeView.Mapped(span.physicalAddress(), span.endAddress(), tables(span)))
                .toList());
  }

  private static Stream<PageSpan> between(List<PageSpan> spans, long start, long end) {
    return spans.stream().filter(span -> span.endAddress() > start && span.physicalAddress() < end);
  }

  private static boolean touches(List<MappingCall> calls, PageSpan span) {
    return calls.stream()
        .flatMap(call -> call.pages().stream())
        .anyMatch(
            pages -> span.endAddress() > pages.start() && span.physicalAddress() < pages.end());
  }

  private static MappingSpan tables(PageSpan span) {
    Mapping mapping = span.mapping();
    MappingSpan tables = new MappingSpan();
    tables.setAnomalies(List.of());
    tables.setFirstPage(0);
    tables.setPageCount((int) Math.min(span.pageCount(), Integer.MAX_VALUE));
    if (mapping == null) {
      return tables;
    }
    int types = mapping.cacheTypes().stream().mapToInt(MappedTypes::bit).reduce(0, (a, b) -> a | b);
    tables.setMappings(mapping.mappings());
    tables.setCacheTypes(types);
    tables.setLargePage(mapping.largePage());
    tables.setPagingStructure(mapping.pagingStructure());
    tables.setEstablished(established(span, mapping));
    return tables;
  }

  /** The case records the type that decided, which is that of the tables if they had one. */
  private static CacheType established(PageSpan span, Mapping mapping) {
    boolean typed = mapping.cacheTypes().stream().anyMatch(type -> type != CacheType.UNKNOWN);
    CacheType decided = span.decision().established();
    if (typed) {
      return decided;
    }
    return mapping.mappings() == 0 && decided == CacheType.NOT_ESTABLISHED
        ? CacheType.NOT_ESTABLISHED
        : CacheType.UNKNOWN;
  }
}
