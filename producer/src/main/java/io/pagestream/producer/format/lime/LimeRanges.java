package io.pagestream.producer.format.lime;

import io.pagestream.producer.format.Segment;
import io.pagestream.producer.source.ImageBytes;
import io.pagestream.producer.source.LittleEndian;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.page.Pages;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * The ranges of a LiME file. Tolerant where writers differ: ranges that begin or end inside a page
 * (firmware ends RAM at 0x9fbff), ends that are one too low (AVML), an all-zero header as the end
 * mark, a file that is cut off. Not tolerant where bytes would land at a wrong address.
 */
final class LimeRanges {
  private static final int HEADER_SIZE = 32;

  /** LiME takes its ranges from the top level of /proc/iomem; 65536 is far beyond any machine. */
  private static final int MOST_RANGES = 1 << 16;

  private final ImageBytes bytes;
  private final List<Segment> segments = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private long at;

  private LimeRanges(ImageBytes bytes) {
    this.bytes = bytes;
  }

  static LimeRanges read(ImageBytes bytes) {
    LimeRanges ranges = new LimeRanges(bytes);
    while (ranges.at < bytes.length() && ranges.next()) {
      if (ranges.segments.size() > MOST_RANGES) {
        throw bytes.corrupt(ranges.at, "more than %d LiME ranges".formatted(MOST_RANGES));
      }
    }
    if (ranges.segments.isEmpty()) {
      throw bytes.corrupt(0, "a LiME file without a range");
    }
    return ranges;
  }

  /** Sorted and disjoint. */
  List<Segment> segments() {
    return segments;
  }

  List<String> warnings() {
    return warnings;
  }

  /** Reads one header; false at the end of what can be followed. */
  private boolean next() {
    boolean first = segments.isEmpty();
    if (!bytes.contains(at, HEADER_SIZE)) {
      if (first) {
        throw bytes.truncated(at, "the first LiME header");
      }
      return stop("the last %d bytes are too few for a LiME header".formatted(bytes.length() - at));
    }
    MemorySegment header = bytes.require(at, HEADER_SIZE, "a LiME header");
    if (!first && isZero(header)) {
      return false;
    }
    if (LittleEndian.i32(header, 0) != LimeFormat.MAGIC) {
      if (first) {
        throw bytes.corrupt(at, "not a LiME header");
      }
      return stop(
          "no LiME header at offset 0x%x, where one must be: %d bytes from there on are not used"
              .formatted(at, bytes.length() - at));
    }
    long version = LittleEndian.u32(header, 4);
    if (version != 1) {
      throw PagestreamException.at(
          ErrorCode.FORMAT_UNSUPPORTED,
          bytes.name(),
          at,
          "LiME version %d".formatted(version),
          "write version 1 (LiME format=lime, avml without --compress)");
    }
    add(LittleEndian.i64(header, 8), LittleEndian.i64(header, 16));
    return true;
  }

  private void add(long start, long last) {
    if (start < 0 || last < start || last >= Pages.ADDRESS_LIMIT) {
      throw bytes.corrupt(at, "LiME range 0x%x to 0x%x".formatted(start, last));
    }
    if (!segments.isEmpty() && start < segments.getLast().end()) {
      throw bytes.corrupt(
          at,
          "LiME range at 0x%x begins before the end (0x%x) of the one before it"
              .formatted(start, segments.getLast().end()));
    }
    long data = at + HEADER_SIZE;
    segments.add(new Segment(start, last + 1, data, segments.size(), RangeKind.RAM));
    at = data + (last + 1 - start);
  }

  private boolean stop(String warning) {
    warnings.add(warning);
    return false;
  }

  private static boolean isZero(MemorySegment header) {
    for (int i = 0; i < HEADER_SIZE; i += 8) {
      if (LittleEndian.i64(header, i) != 0) {
        return false;
      }
    }
    return true;
  }
}
