package io.pagestream.images.pagetable;

import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Collects the first mappings of one physical page, up to a limit. */
final class MappingLookup implements WalkSink {
  private final long page;
  private final int most;
  private final Set<Long> named;
  private final MappingTypes types;
  private final List<Mapping> found = new ArrayList<>();

  MappingLookup(long page, int most, Set<Long> named, MappingTypes types) {
    this.page = page;
    this.most = most;
    this.named = named;
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
              !named.contains(root),
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
