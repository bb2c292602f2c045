package io.pagestream.producer.pagetable;

import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.List;

/** Collects the mappings of one physical page, the first so many. */
final class MappingLookup implements WalkSink {
  private final long page;
  private final int most;
  private final MappingTypes types;
  private final List<Mapping> found = new ArrayList<>();

  MappingLookup(long page, int most, MappingTypes types) {
    this.page = page;
    this.most = most;
    this.types = types;
  }

  @Override
  public void leaf(
      long root, long virtualAddress, long physicalAddress, long pages, long entry, long rights) {
    long into = page - physicalAddress;
    if (into >= 0 && into < Pages.address(pages) && found.size() < most) {
      int patIndex = EntryDecoder.patIndex(entry, pages > 1);
      found.add(
          new Mapping(
              virtualAddress + into,
              root,
              pages,
              entry,
              rights,
              types.patType(patIndex),
              types.typeAt(page, patIndex)));
    }
  }

  List<Mapping> found() {
    return List.copyOf(found);
  }
}
