package io.pagestream.images.container;

import io.pagestream.images.interval.OverlapSweep;
import io.pagestream.images.source.DoubtfulBytes;
import io.pagestream.images.source.ImageBytes;
import io.pagestream.schemas.doubt.DoubtReason;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The index of a flattened file. After a header of 4096 bytes come records of 0 i64 offset, 8 i64
 * size, then data, all big endian; offset -1 ends them; a later record replaces an earlier one
 * (makedumpfile IMPLEMENTATION, "The flattened format").
 *
 * <p>Writers flush small buffers, so a large dump has millions of records. The index has one entry
 * for up to {@link #RECORDS_IN_GROUP} records that continue one another; the records within are
 * found by reading their headers again.
 */
final class FlattenedGroups {
  static final int RECORD_HEADER = 16;
  static final int RECORDS_IN_GROUP = 64;

  private static final long FIRST_RECORD = 4096;

  /** makedumpfile writes about 300,000 for 1 TiB of memory. */
  private static final int MOST_GROUPS = 1 << 21;

  /** The same as for decompressed files. */
  private static final long LARGEST = 64L << 40;

  private static final ValueLayout.OfLong BIG_ENDIAN =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  /**
   * Records that continue one another.
   *
   * @param target where their data belongs
   * @param length of their data
   * @param source offset of the first record's header
   */
  record Group(long target, long length, long source) {}

  private final ImageBytes bytes;
  private final List<Group> groups = new ArrayList<>();
  private final MemorySegment window = MemorySegment.ofArray(new byte[8192]);
  private long windowStart;
  private long windowSize;
  private Optional<DoubtfulBytes> end = Optional.empty();

  private long target = -1;
  private long length;
  private long source;
  private int records;

  private FlattenedGroups(ImageBytes bytes) {
    this.bytes = bytes;
  }

  static FlattenedGroups read(ImageBytes bytes) {
    FlattenedGroups groups = new FlattenedGroups(bytes);
    groups.readRecords();
    groups.endGroup();
    return groups;
  }

  List<Group> groups() {
    return groups;
  }

  /** Doubts, by offsets of the file that the dump represents. */
  List<DoubtfulBytes> doubts() {
    List<DoubtfulBytes> doubts = new ArrayList<>(end.stream().toList());
    for (DoubtfulBytes doubt : bytes.doubts()) {
      doubts.addAll(FlattenedDoubts.of(doubt, groups));
    }
    return doubts;
  }

  /**
   * The visible group at each position: intervals sorted by target, disjoint; both {@code number}
   * and {@code start - source} identify the group, so that the sweep keeps groups separate.
   */
  List<OverlapSweep.Piece> shown() {
    List<OverlapSweep.Piece> intervals = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      Group group = groups.get(i);
      long end = group.target() + group.length();
      intervals.add(new OverlapSweep.Piece(group.target(), end, group.target() - i, -(long) i, i));
    }
    return OverlapSweep.sweep(intervals).intervals();
  }

  private void readRecords() {
    long at = FIRST_RECORD;
    while (true) {
      if (!bytes.contains(at, RECORD_HEADER)) {
        end = truncated("it has no end mark");
        return;
      }
      if (!load(at)) {
        end =
            ends(
                DoubtReason.UNREADABLE,
                "%s: the record of the flattened dump at offset 0x%x cannot be read from the disk:"
                        .formatted(bytes.name(), at)
                    + " everything after it is lost");
        return;
      }
      long offset = i64(at);
      long size = i64(at + 8);
      if (offset == -1) {
        return;
      }
      long data = at + RECORD_HEADER;
      if (offset < 0 || size < 0 || offset > LARGEST || size > LARGEST - offset) {
        throw bytes.corrupt(
            at, "a flattened record of %d bytes for offset %d".formatted(size, offset));
      }
      long there = Math.min(size, bytes.length() - data);
      add(offset, there, at);
      if (there < size) {
        end = truncated("it ends inside a record");
        return;
      }
      at = data + size;
    }
  }

  private void add(long offset, long size, long at) {
    if (size == 0) {
      endGroup();
      return;
    }
    if (offset != target + length || records == RECORDS_IN_GROUP || records == 0) {
      endGroup();
      target = offset;
      source = at;
    }
    length += size;
    records++;
  }

  private void endGroup() {
    if (records > 0) {
      groups.add(new Group(target, length, source));
      if (groups.size() > MOST_GROUPS) {
        throw bytes.corrupt(
            source, "a flattened dump of more than %d separate pieces".formatted(MOST_GROUPS));
      }
    }
    records = 0;
    length = 0;
  }

  private Optional<DoubtfulBytes> truncated(String what) {
    return ends(
        DoubtReason.TRUNCATED,
        "%s: the flattened dump is truncated after %,d bytes: %s; copy the image again or acquire it again"
            .formatted(bytes.name(), bytes.length(), what));
  }

  private static Optional<DoubtfulBytes> ends(DoubtReason reason, String message) {
    return Optional.of(new DoubtfulBytes(reason, 0, 0, message));
  }

  /** Loads the header of a record; returns whether it can be read. */
  private boolean load(long at) {
    if (at < windowStart || at + RECORD_HEADER > windowStart + windowSize) {
      windowStart = at;
      windowSize = bytes.read(at, window);
    }
    return windowSize >= at - windowStart + RECORD_HEADER;
  }

  private long i64(long at) {
    return window.get(BIG_ENDIAN, at - windowStart);
  }

  /** Size field of the record whose header is at an offset. */
  static long recordSize(ImageBytes bytes, long at) {
    return bytes.require(at, RECORD_HEADER, "a flattened record").get(BIG_ENDIAN, 8);
  }
}
