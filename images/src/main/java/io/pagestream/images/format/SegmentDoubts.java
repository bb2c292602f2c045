package io.pagestream.images.format;

import io.pagestream.images.source.DoubtfulBytes;
import io.pagestream.images.source.ImageBytes;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.doubt.DoubtReason;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.List;

/**
 * Doubts about the memory in segments that follow from the length of a file and its doubtful bytes.
 */
final class SegmentDoubts {
  private SegmentDoubts() {}

  /** Pages beyond the end of the file, and doubts that concern no page. */
  static List<Doubt> of(List<Segment> segments, ImageBytes bytes) {
    List<Doubt> doubts = new ArrayList<>();
    for (DoubtfulBytes doubt : bytes.doubts()) {
      if (doubt.length() == 0) {
        doubts.add(doubt.reason().of(doubt.message()));
      }
    }
    for (Segment segment : segments) {
      long length = segment.end() - segment.start();
      if (segment.stored() && segment.fileOffset() > bytes.length() - length) {
        long there = Math.max(0, bytes.length() - segment.fileOffset());
        doubts.add(truncated(bytes, segment.start() + there, segment.end()));
      }
    }
    return doubts;
  }

  private static Doubt truncated(ImageBytes bytes, long start, long end) {
    return DoubtReason.TRUNCATED.of(
        Pages.floor(start),
        Pages.frameNumber(Pages.ceil(end) - Pages.floor(start)),
        "%s: the file is truncated: it ends after %,d bytes, before these pages; copy the image again or"
                .formatted(bytes.name(), bytes.length())
            + " acquire it again");
  }

  /** Pages that contain doubtful bytes. */
  static List<Doubt> doubtful(List<Segment> segments, ImageBytes bytes) {
    List<Doubt> doubts = new ArrayList<>();
    for (DoubtfulBytes doubt : bytes.doubts()) {
      for (Segment segment : segments) {
        if (segment.stored() && doubt.length() > 0) {
          add(doubt, segment, bytes.length(), doubts);
        }
      }
    }
    return doubts;
  }

  private static void add(
      DoubtfulBytes doubt, Segment segment, long fileLength, List<Doubt> doubts) {
    long length = segment.end() - segment.start();
    long from = Math.max(doubt.offset(), segment.fileOffset());
    long to = Math.min(Math.min(doubt.end(), fileLength), segment.fileOffset() + length);
    if (from < to) {
      long start = Pages.floor(segment.start() + (from - segment.fileOffset()));
      long end = Pages.ceil(segment.start() + (to - segment.fileOffset()));
      doubts.add(doubt.reason().of(start, Pages.frameNumber(end - start), doubt.message()));
    }
  }
}
