package io.pagestream.images.format;

import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.schemas.avro.RangeProvenance;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.List;

/**
 * Converts segments to page-aligned extents. A page that two segments share belongs to the first;
 * adjacent extents of the same kind are joined, so that runs need not end between them.
 */
final class SegmentExtents {
  private final String label;
  private final RangeProvenance provenance;
  private final List<PhysicalExtent> extents = new ArrayList<>();
  private long start;
  private long end;
  private Segment first;
  private Segment last;

  private SegmentExtents(String label, RangeProvenance provenance, Segment first) {
    this.label = label;
    this.provenance = provenance;
    this.start = Pages.floor(first.start());
    this.end = Pages.ceil(first.end());
    this.first = first;
    this.last = first;
  }

  /** Extents of segments that are sorted and disjoint; at least one. */
  static List<PhysicalExtent> of(List<Segment> segments, String label, RangeProvenance provenance) {
    SegmentExtents extents = new SegmentExtents(label, provenance, segments.getFirst());
    segments.stream().skip(1).forEach(extents::add);
    extents.finish();
    return extents.extents;
  }

  private void add(Segment segment) {
    long from = Math.max(Pages.floor(segment.start()), end);
    long to = Pages.ceil(segment.end());
    if (to <= end) {
      return;
    }
    if (from != end || segment.kind() != first.kind()) {
      finish();
      start = from;
      first = segment;
    }
    end = to;
    last = segment;
  }

  private void finish() {
    extents.add(
        new PhysicalExtent(
            start, Pages.frameNumber(end - start), first.kind(), provenance, name()));
  }

  private String name() {
    if (label.isEmpty()) {
      return "";
    }
    return first.number() == last.number()
        ? label + " " + first.number()
        : "%s %d to %d".formatted(label, first.number(), last.number());
  }
}
