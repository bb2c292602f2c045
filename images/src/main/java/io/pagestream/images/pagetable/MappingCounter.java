package io.pagestream.images.pagetable;

import io.pagestream.schemas.page.Pages;

/** Adds the mappings of a walk to a table of page facts. */
record MappingCounter(FrameTable frames, MappingTypes types) implements WalkSink {
  @Override
  public void leaf(
      long root, long virtualAddress, long physicalAddress, long pages, long entry, long rights) {
    int patIndex = EntryDecoder.patIndex(entry, pages > 1);
    long end = physicalAddress + Pages.address(pages);
    for (long at = physicalAddress; at < end; ) {
      // A large leaf may span several MTRR ranges: each page has its own type.
      long next = Math.min(end, types.endOfInterval(at));
      int type = types.indexAt(at, patIndex);
      frames.addMapping(at, Pages.frameNumber(next - at), type, pages > 1);
      at = next;
    }
  }

  @Override
  public void table(long root, long virtualAddress, long physicalAddress, int level) {
    frames.markPagingStructure(physicalAddress);
  }
}
