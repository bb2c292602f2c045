package io.pagestream.images.format.lime;

import io.pagestream.images.format.Segment;
import io.pagestream.images.interval.OverlapSweep;
import io.pagestream.images.interval.OverlapSweep.Piece;
import io.pagestream.images.source.ImageBytes;
import io.pagestream.images.source.LittleEndian;
import io.pagestream.images.source.ReadLimits;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.doubt.DoubtReason;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.page.Pages;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ranges of a LiME file. Tolerates differences between writers: ranges that begin or end inside
 * a page (firmware ends RAM at 0x9fbff), ends that are one too low (AVML), zeros from an all-zero
 * header on as the end. If a header is missing, the next one is searched for, and the bytes up to
 * it are {@link LimeOrphan}s; if ranges overlap, the first in the file is used.
 */
final class LimeRanges {
  /** LiME takes its ranges from the top level of /proc/iomem; 65536 is far beyond any machine. */
  private static final int MOST_RANGES = 1 << 16;

  /** How far before its expected position a header may be if bytes before it were lost. */
  private static final long REACH_BACK = 1 << 20;

  /** Existing bytes have precedence over lost bytes. */
  private static final long LOST_RANK = 1L << 32;

  /** Marks lost data; {@code start - source} then differs from that of all stored data. */
  private static final long LOST_SHIFT = 1L << 61;

  private static final String ACQUIRE = "; copy the image again or acquire it again";

  private final ImageBytes bytes;
  private final ReadLimits limits;
  private final LimeSearch search;
  private final List<Piece> intervals = new ArrayList<>();
  private final List<Doubt> doubts = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final List<LimeOrphan> orphans = new ArrayList<>();
  private final List<Segment> segments;

  private LimeRanges(ImageBytes bytes, ReadLimits limits) {
    this.bytes = bytes;
    this.limits = limits;
    this.search = new LimeSearch(bytes);
    LimeHeader header = first();
    for (int count = 0; header != null; count++) {
      if (count == MOST_RANGES) {
        throw bytes.corrupt(header.offset(), "more than %d LiME ranges".formatted(MOST_RANGES));
      }
      header = add(header);
    }
    if (intervals.isEmpty()) {
      throw bytes.corrupt(0, "a LiME file without a range");
    }
    LimeOrphan.placeAll(orphans, bytes.name(), intervals, doubts);
    doubts.addAll(LimeOverlaps.of(bytes.name(), intervals));
    this.segments =
        OverlapSweep.sweep(intervals).intervals().stream().map(LimeRanges::segment).toList();
  }

  static LimeRanges read(ImageBytes bytes, ReadLimits limits) {
    return new LimeRanges(bytes, limits);
  }

  /** Sorted and disjoint. */
  List<Segment> segments() {
    return segments;
  }

  /** Data that was given up. */
  List<Doubt> doubts() {
    return doubts;
  }

  /** Warnings without an effect on the data. */
  List<String> warnings() {
    return warnings;
  }

  private @Nullable LimeHeader first() {
    MemorySegment start = bytes.require(0, LimeHeader.SIZE, "the first LiME header");
    long version = LittleEndian.u32(start, 4);
    if (LittleEndian.i32(start, 0) == LimeFormat.MAGIC && version != LimeHeader.VERSION) {
      throw PagestreamException.at(
          ErrorCode.FORMAT_UNSUPPORTED,
          bytes.name(),
          0,
          "LiME version %d".formatted(version),
          "write version 1 (LiME format=lime, avml without --compress)");
    }
    LimeHeader header = LimeHeader.of(start, 0, 0);
    return header == null ? missing(0, 0) : header;
  }

  /** Adds a header's range, and returns the next header or null at the end. */
  private @Nullable LimeHeader add(LimeHeader header) {
    long beyond = header.next() - bytes.length();
    if (beyond > limits.claimable(bytes.storedLength())) {
      doubts.add(
          DoubtReason.IMPLAUSIBLE_SIZE.of(
              "%s: the LiME header at offset 0x%x claims 0x%x to 0x%x, far beyond the end of the file,"
                      .formatted(bytes.name(), header.offset(), header.start(), header.end())
                  + " and is not used"
                  + ACQUIRE));
      return missing(header.offset(), intervals.isEmpty() ? 0 : intervals.getLast().end());
    }
    LimeHeader next = follower(header);
    long dataEnd = next == null ? header.next() : Math.min(header.next(), next.offset());
    long stored = dataEnd - header.data();
    int number = intervals.size();
    if (stored > 0) {
      intervals.add(
          new Piece(header.start(), header.start() + stored, header.data(), number, number));
    }
    if (stored < header.length()) {
      long start = header.start() + stored;
      intervals.add(new Piece(start, header.end(), start - LOST_SHIFT, LOST_RANK + number, number));
      doubts.add(lost(header, start, dataEnd));
    }
    return next;
  }

  private Doubt lost(LimeHeader header, long start, long at) {
    return DoubtReason.SKIPPED_HEADER.of(
        Pages.floor(start),
        Pages.frameNumber(Pages.ceil(header.end()) - Pages.floor(start)),
        "%s: another LiME header is at offset 0x%x, inside the range before it%s"
            .formatted(bytes.name(), at, ACQUIRE));
  }

  /** The header that follows a range; null if there is none. */
  private @Nullable LimeHeader follower(LimeHeader header) {
    if (header.next() == bytes.length()) {
      return null;
    }
    LimeHeader next = header.next() < bytes.length() ? LimeHeader.at(bytes, header.next()) : null;
    if (next != null) {
      return next;
    }
    // Bytes may be lost before the next header, even all bytes of the range: the header is then too
    // early.
    long from =
        header.next() < bytes.length()
            ? Math.max(header.data(), header.next() - REACH_BACK)
            : header.data();
    LimeHeader early = LimeHeader.at(bytes, header.data());
    if (early == null || !early.reservedIsZero()) {
      early = search.confirmed(from, Math.min(header.next(), bytes.length()));
    }
    return early != null || header.next() > bytes.length()
        ? early
        : missing(header.next(), header.end());
  }

  /**
   * The data after the position of a missing header: null at the end.
   *
   * @param previousEnd address after the range before it; 0 without one
   */
  private @Nullable LimeHeader missing(long at, long previousEnd) {
    if (isZero(at)) {
      return null;
    }
    LimeHeader found = search.next(at + 1);
    long end = found == null ? bytes.length() : found.offset();
    if (isZeroHeader(at)) {
      warnings.add(
          "a zero header at offset 0x%x is ignored: %,d bytes follow it%s"
              .formatted(
                  at,
                  bytes.length() - at - LimeHeader.SIZE,
                  found == null ? "" : ", and the ranges in them are read"));
    }
    long nextStart = found == null ? 0 : found.start();
    long named = LimeHeader.startNamedBy(bytes, at);
    orphans.add(new LimeOrphan(at, end, previousEnd, nextStart, named));
    return found;
  }

  private boolean isZeroHeader(long at) {
    MemorySegment header = MemorySegment.ofArray(new byte[LimeHeader.SIZE]);
    return bytes.read(at, header) == LimeHeader.SIZE
        && header.mismatch(MemorySegment.ofArray(new byte[LimeHeader.SIZE])) == -1;
  }

  /** Whether the file contains only zeros from an offset on: an end mark, and possibly padding. */
  private boolean isZero(long from) {
    MemorySegment chunk = MemorySegment.ofArray(new byte[1 << 16]);
    long at = from;
    while (at < bytes.length()) {
      long zeros = bytes.zerosFrom(at);
      if (zeros > 0) {
        at += zeros;
        continue;
      }
      long size = bytes.read(at, chunk);
      if (size == 0) {
        return false;
      }
      for (long i = 0; i < size; i++) {
        if (chunk.get(ValueLayout.JAVA_BYTE, i) != 0) {
          return false;
        }
      }
      at += size;
    }
    return true;
  }

  private static Segment segment(Piece interval) {
    long offset = interval.source() < 0 ? Segment.LOST : interval.source();
    return new Segment(interval.start(), interval.end(), offset, interval.number(), RangeKind.RAM);
  }
}
