package io.pagestream.mapper.call;

import io.pagestream.mapper.range.RangeMap;
import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.MappingSpan;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.RangeProvenance;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A small machine: RAM up to 16 MiB, a BAR behind it, a frame buffer, and a hole. */
final class TestMemory {
  static final long RAM_END = 0x100_0000;
  static final long BAR = RAM_END;
  static final long FRAME_BUFFER = 0x200_0000;
  static final long HOLE = 0x400_0000;

  private final List<AddressRange> ranges = new ArrayList<>();
  private final List<RangeView.Mapped> mapped = new ArrayList<>();

  static TestMemory machine() {
    return new TestMemory()
        .range(0, RAM_END, RangeKind.RAM)
        .range(BAR, BAR + 0x10_0000, RangeKind.DEVICE)
        .range(FRAME_BUFFER, FRAME_BUFFER + 0x10_0000, RangeKind.FRAME_BUFFER);
  }

  TestMemory range(long start, long end, RangeKind kind) {
    ranges.add(
        new AddressRange(
            start,
            Pages.frameNumber(end - start),
            kind,
            RangeProvenance.SIDE_FILE,
            CacheType.UNKNOWN,
            false,
            "",
            "iomem"));
    return this;
  }

  /** Page tables map the pages with a type. */
  TestMemory map(long start, long end, CacheType type) {
    return span(start, end, type, false, false);
  }

  TestMemory large(long start, long end) {
    return span(start, end, CacheType.WRITE_BACK, true, false);
  }

  TestMemory table(long start) {
    return span(start, start + Pages.SIZE, CacheType.WRITE_BACK, false, true);
  }

  private TestMemory span(
      long start, long end, CacheType type, boolean large, boolean pagingStructure) {
    MappingSpan span = new MappingSpan();
    span.setAnomalies(List.of());
    span.setMappings(type == CacheType.NOT_ESTABLISHED ? 0 : 1);
    span.setEstablished(type);
    span.setCacheTypes(0);
    span.setLargePage(large);
    span.setPagingStructure(pagingStructure);
    mapped.add(new RangeView.Mapped(start, end, span));
    mapped.sort(Comparator.comparingLong(RangeView.Mapped::start));
    return this;
  }

  MemoryView view() {
    return new RangeView(
        RangeMap.of(ranges),
        (start, end) -> List.of(new RangeView.Stretch(0, RAM_END)),
        (start, end) ->
            mapped.stream().filter(each -> each.end() > start && each.start() < end).toList());
  }
}
