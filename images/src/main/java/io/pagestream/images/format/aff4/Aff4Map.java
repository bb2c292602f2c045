package io.pagestream.images.format.aff4;

import io.pagestream.images.format.Segment;
import io.pagestream.images.source.ImageBytes;
import io.pagestream.images.source.LittleEndian;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A map (AFF4 Standard v1.0, "Map"): {@code map} has u64 address, u64 length, u64 offset in the
 * target and u32 number of the target for each range, {@code idx} the URNs of the targets, one in a
 * line.
 *
 * @param ranges in the order of the map
 * @param targets URNs of targets
 */
record Aff4Map(List<Range> ranges, List<String> targets) {
  /** A range of the map. */
  record Range(long address, long length, long targetOffset, int target) {}

  private static final int ENTRY = 28;
  private static final int MOST_BYTES = ENTRY * Segment.MOST;
  private static final int LONGEST_TARGETS = 1 << 20;

  static Aff4Map read(Aff4Volume volume, String urn) {
    ImageBytes bytes = volume.bytes();
    byte[] map = volume.small(urn + "/map", MOST_BYTES).orElseThrow(() -> missing(bytes, "map"));
    byte[] idx =
        volume.small(urn + "/idx", LONGEST_TARGETS).orElseThrow(() -> missing(bytes, "idx"));
    List<String> targets =
        new String(idx, StandardCharsets.UTF_8).lines().map(String::strip).toList();
    MemorySegment entries = MemorySegment.ofArray(map);
    List<Range> ranges = new ArrayList<>();
    for (int at = 0; at + ENTRY <= map.length; at += ENTRY) {
      int target = LittleEndian.i32(entries, at + 24);
      Range range =
          new Range(
              LittleEndian.i64(entries, at),
              LittleEndian.i64(entries, at + 8),
              LittleEndian.i64(entries, at + 16),
              target);
      if (target < 0 || target >= targets.size()) {
        throw bytes.corrupt(0, "range %d of the AFF4 map has no target".formatted(at / ENTRY));
      }
      ranges.add(range);
    }
    return new Aff4Map(ranges, targets);
  }

  private static PagestreamException missing(ImageBytes bytes, String what) {
    return PagestreamException.inFile(
        ErrorCode.IMAGE_CORRUPT,
        bytes.name(),
        "the member '%s' of the AFF4 map is missing, too large or damaged".formatted(what),
        "copy the image again or acquire it again");
  }
}
