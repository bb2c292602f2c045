package io.pagestream.producer.run;

import io.pagestream.schemas.avro.MappingSpan;
import java.util.List;

/** Returns the information in page tables about consecutive pages. */
@FunctionalInterface
public interface MappingSource {
  /** No information: no page table was read. */
  MappingSource NONE = (physicalAddress, pageCount) -> List.of();

  /**
   * Spans that cover the pages in order; empty if no page table was read.
   *
   * @param physicalAddress of the first page
   */
  List<MappingSpan> spansOf(long physicalAddress, int pageCount);
}
