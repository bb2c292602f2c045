package io.pagestream.images.pagetable;

import io.pagestream.images.interval.Intervals;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.List;

/** Collects the mappings of selected pages, joined to stretches, in the order of the walk. */
final class StretchCollector implements WalkSink {
  /** Maximum number of stretches; the direct map and a driver's mapping are one each. */
  static final int MOST_STRETCHES = 4096;

  private final Intervals selected;
  private final MappingTypes types;
  private final List<MappingStretch> stretches = new ArrayList<>();
  private long beyond;

  StretchCollector(Intervals selected, MappingTypes types) {
    this.selected = selected;
    this.types = types;
  }

  @Override
  public void leaf(
      long root, long virtualAddress, long physicalAddress, long pages, long entry, long rights) {
    long end = physicalAddress + Pages.address(pages);
    for (int i = selected.firstAfter(physicalAddress);
        i < selected.size() && selected.start(i) < end;
        i++) {
      long from = Math.max(physicalAddress, selected.start(i));
      long to = Math.min(end, selected.end(i));
      for (long at = from; at < to; ) {
        long next = Math.min(to, types.endOfInterval(at));
        add(root, virtualAddress + (at - physicalAddress), at, next, pages, entry, rights);
        at = next;
      }
    }
  }

  private void add(
      long root, long virtualAddress, long from, long to, long pages, long entry, long rights) {
    int patIndex = EntryDecoder.patIndex(entry, pages > 1);
    Mapping mapping =
        new Mapping(
            virtualAddress,
            root,
            false,
            pages,
            entry,
            rights,
            types.patType(patIndex),
            types.typeAt(from, patIndex));
    MappingStretch last = stretches.isEmpty() ? null : stretches.getLast();
    if (last != null
        && last.endAddress() == from
        && last.virtualAddressOf(from) == virtualAddress
        && isAlike(last.first(), mapping)) {
      stretches.removeLast();
      stretches.add(
          new MappingStretch(
              last.first(),
              last.physicalAddress(),
              last.pageCount() + Pages.frameNumber(to - from)));
    } else if (stretches.size() < MOST_STRETCHES) {
      stretches.add(new MappingStretch(mapping, from, Pages.frameNumber(to - from)));
    } else {
      beyond++;
    }
  }

  private static boolean isAlike(Mapping a, Mapping b) {
    return a.root() == b.root()
        && a.leafPages() == b.leafPages()
        && a.rights() == b.rights()
        && a.effectiveType() == b.effectiveType()
        && a.patType() == b.patType();
  }

  List<MappingStretch> stretches() {
    return List.copyOf(stretches);
  }

  /** Number of mappings beyond the limit. */
  long beyond() {
    return beyond;
  }
}
