package io.pagestream.images.format.crashdump;

import io.pagestream.images.format.Segment;
import io.pagestream.images.interval.OverlapSweep;
import io.pagestream.images.interval.OverlapSweep.Piece;
import io.pagestream.images.source.ImageBytes;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.doubt.DoubtReason;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The frames whose pages a dump stores, in the order of the file, and the offset of the first. */
final class StoredFrames {
  private final ImageBytes bytes;
  private final List<Piece> pieces = new ArrayList<>();
  private long nextOffset;
  private long count;

  /**
   * No frames yet.
   *
   * @param firstOffset offset of the first page in the file
   */
  StoredFrames(ImageBytes bytes, long firstOffset) {
    this.bytes = bytes;
    this.nextOffset = firstOffset;
  }

  /**
   * Adds frames whose pages follow those added before.
   *
   * @throws io.pagestream.schemas.error.PagestreamException if a file could not hold so many pages
   */
  void add(FrameRun run) {
    long start = Pages.address(run.firstFrame());
    long end = Pages.address(run.endFrame());
    if (pieces.size() >= Segment.MOST || end - start > Long.MAX_VALUE - nextOffset) {
      throw bytes.corrupt(0, "the tables describe more memory than a file can hold");
    }
    Piece last = pieces.isEmpty() ? null : pieces.getLast();
    if (last != null && last.end() == start) {
      pieces.removeLast();
      pieces.add(new Piece(last.start(), end, last.source(), last.rank(), last.number()));
    } else {
      pieces.add(new Piece(start, end, nextOffset, pieces.size(), pieces.size()));
    }
    nextOffset += end - start;
    count += run.frames();
  }

  /** Number of frames added. */
  long count() {
    return count;
  }

  /**
   * The segments of the image.
   *
   * @param memory the machine's memory by the header: what is not stored of it was left out
   * @param doubts receives a doubt if frames are stored more than once
   */
  List<Segment> segments(List<FrameRun> memory, List<Doubt> doubts) {
    OverlapSweep.Result result = OverlapSweep.sweep(pieces);
    if (result.conflicts() > 0) {
      doubts.add(
          DoubtReason.OVERLAPPING_RANGES.of(
              "%s: %d runs of pages overlap others; the first in the file is used"
                  .formatted(bytes.name(), result.conflicts())));
    }
    List<Segment> all = new ArrayList<>();
    for (Piece piece : result.intervals()) {
      all.add(
          new Segment(piece.start(), piece.end(), piece.source(), piece.number(), RangeKind.RAM));
    }
    List<Segment> stored = List.copyOf(all);
    List<FrameRun> sorted =
        memory.stream().sorted(Comparator.comparingLong(FrameRun::firstFrame)).toList();
    long done = 0;
    for (FrameRun run : sorted) {
      long start = Math.max(done, Pages.address(run.firstFrame()));
      done = Math.max(done, Pages.address(run.endFrame()));
      addMissing(start, done, stored, all);
    }
    all.sort(Comparator.comparingLong(Segment::start));
    return all;
  }

  /** Adds the parts of {@code [start, end)} that are not stored. */
  private static void addMissing(
      long start, long end, List<Segment> stored, List<Segment> segments) {
    long at = start;
    for (int i = firstEndingAfter(stored, start); i < stored.size() && at < end; i++) {
      Segment segment = stored.get(i);
      if (segment.start() >= end) {
        break;
      }
      addNotStored(at, segment.start(), segments);
      at = Math.max(at, segment.end());
    }
    addNotStored(at, end, segments);
  }

  private static void addNotStored(long start, long end, List<Segment> segments) {
    if (start < end) {
      segments.add(new Segment(start, end, Segment.NOT_STORED, segments.size(), RangeKind.RAM));
    }
  }

  private static int firstEndingAfter(List<Segment> stored, long address) {
    int low = 0;
    int high = stored.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (stored.get(middle).end() > address) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
