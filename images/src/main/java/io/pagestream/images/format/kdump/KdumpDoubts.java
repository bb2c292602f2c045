package io.pagestream.images.format.kdump;

import io.pagestream.images.source.DoubtfulBytes;
import io.pagestream.schemas.avro.Doubt;
import java.util.ArrayList;
import java.util.List;

/**
 * Pages of a kdump that are affected by doubtful bytes of its files: the bytes of the page itself,
 * of its descriptor, or of the bitmaps, from which every page's descriptor follows. Reads all
 * descriptors, so it is used only if there are doubtful bytes.
 */
final class KdumpDoubts {
  private KdumpDoubts() {}

  /** Doubts that concern no page. */
  static List<Doubt> withoutPages(KdumpFile file) {
    return file.bytes().doubts().stream()
        .filter(doubt -> doubt.length() == 0)
        .map(doubt -> doubt.reason().of(doubt.message()))
        .toList();
  }

  /** Doubts with the ranges of the pages that they concern. */
  static List<Doubt> withPages(KdumpFile file, KdumpPart part) {
    List<Doubt> doubts = new ArrayList<>();
    for (DoubtfulBytes doubt : file.bytes().doubts()) {
      if (doubt.length() > 0) {
        add(doubt, file, part, doubts);
      }
    }
    return doubts;
  }

  private static void add(DoubtfulBytes doubt, KdumpFile file, KdumpPart part, List<Doubt> doubts) {
    boolean inHeaders = doubt.offset() < file.header().descriptorOffset();
    long start = -1;
    long last = -1;
    for (long frame = part.nextDumped(part.startFrame());
        frame < part.endFrame();
        frame = part.nextDumped(frame + 1)) {
      if (inHeaders || part.touches(frame, doubt)) {
        if (start >= 0 && frame != last + 1) {
          doubts.add(range(doubt, file.header(), start, last));
          start = frame;
        }
        start = start < 0 ? frame : start;
        last = frame;
      }
    }
    if (start >= 0) {
      doubts.add(range(doubt, file.header(), start, last));
    }
  }

  private static Doubt range(DoubtfulBytes doubt, KdumpHeader header, long first, long last) {
    return doubt
        .reason()
        .of(header.address(first), (last - first + 1) * header.framePages(), doubt.message());
  }
}
