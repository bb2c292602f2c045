package io.pagestream.mapper.stage;

import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.PageStreamRecord;
import io.pagestream.schemas.codec.RecordCodec;
import io.pagestream.schemas.page.PageBitmap;
import java.util.List;

/**
 * A judged run without its bytes, as carried by the topic {@code verdicts}: a few hundred bytes, so
 * that the decisions remain available after the pages have been deleted. One object serves one
 * thread and is refilled for each run.
 */
final class BareRun {
  private final PageRun bare = new PageRun();
  private final PageStreamRecord record = new PageStreamRecord(bare);

  BareRun() {
    bare.setPages(PageBitmap.empty());
    bare.setReferences(List.of());
    bare.setLookBehind(PageBitmap.empty());
    bare.setLookAhead(PageBitmap.empty());
    bare.setLookAheadReferences(List.of());
    bare.setMappingsAfter(List.of());
  }

  /** The record of a run that has been judged. */
  byte[] encode(RecordCodec<PageStreamRecord> codec, PageRun judged) {
    bare.setImageId(judged.getImageId());
    bare.setRunIndex(judged.getRunIndex());
    bare.setPhysicalAddress(judged.getPhysicalAddress());
    bare.setPageCount(judged.getPageCount());
    bare.setZeroPages(judged.getZeroPages());
    bare.setExcludedPages(judged.getExcludedPages());
    bare.setUnreadablePages(judged.getUnreadablePages());
    bare.setDoubtfulPages(judged.getDoubtfulPages());
    bare.setWithheldPages(judged.getWithheldPages());
    bare.setVerdicts(judged.getVerdicts());
    bare.setMappings(judged.getMappings());
    return codec.encode(record);
  }
}
