package io.pagestream.images.container;

import io.pagestream.images.interval.Intervals;
import io.pagestream.images.interval.OverlapSweep.Piece;
import io.pagestream.images.source.DoubtfulBytes;
import io.pagestream.images.source.ImageBytes;
import io.pagestream.images.source.ReadLimits;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The file that a flattened dump represents, read in place: makedumpfile and QEMU write dumps in
 * this form when they cannot seek. Bytes that no record fills are zero, as in the output of {@code
 * makedumpfile -R}.
 */
final class FlattenedBytes implements ImageBytes {
  /** 0 16 bytes signature, 16 i64 type 1, 24 i64 version 1, big endian. */
  private static final byte[] SIGNATURE =
      "makedumpfile\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);

  /** Where the first record begins. */
  private static final int RECORDS = 4096;

  /** i64 offset in the dump and i64 size, big endian. */
  private static final int RECORD_HEADER = 16;

  /** Descriptors and data of a dump are in different groups, which are read alternately. */
  private static final int CACHED_GROUPS = 16;

  private final ImageBytes bytes;
  private final List<FlattenedGroups.Group> groups;
  private final List<DoubtfulBytes> doubts;
  private final Intervals filled;
  private final int[] shownGroups;
  private final @Nullable FlattenedRecords[] cache = new FlattenedRecords[CACHED_GROUPS];

  private FlattenedBytes(ImageBytes bytes, FlattenedGroups groups) {
    this.bytes = bytes;
    this.groups = groups.groups();
    this.doubts = groups.doubts();
    List<Piece> shown = groups.shown();
    this.filled = Intervals.of(shown, Piece::start, Piece::end);
    this.shownGroups = shown.stream().mapToInt(Piece::number).toArray();
  }

  static boolean recognises(MemorySegment header) {
    return header.byteSize() >= SIGNATURE.length
        && header.asSlice(0, SIGNATURE.length).mismatch(MemorySegment.ofArray(SIGNATURE)) == -1;
  }

  /**
   * Reads the index; the result closes {@code bytes}.
   *
   * @throws io.pagestream.schemas.error.PagestreamException IMAGE_IMPLAUSIBLE if it represents far
   *     more data than it contains
   */
  static FlattenedBytes open(ImageBytes bytes, ReadLimits limits) {
    MemorySegment header = bytes.require(0, 32, "the flattened header");
    long type = Long.reverseBytes(header.get(ValueLayout.JAVA_LONG_UNALIGNED, 16));
    long version = Long.reverseBytes(header.get(ValueLayout.JAVA_LONG_UNALIGNED, 24));
    if (type != 1 || version != 1) {
      throw bytes.corrupt(16, "a flattened dump of type %d, version %d".formatted(type, version));
    }
    FlattenedBytes flattened = new FlattenedBytes(bytes, FlattenedGroups.read(bytes));
    if (flattened.length() == 0) {
      throw bytes.truncated(4096, "the first flattened record");
    }
    limits.check(bytes.name(), 4096, bytes.storedLength(), flattened.holes(), "the flattened dump");
    return flattened;
  }

  /**
   * The first bytes of the file that a flattened dump represents, as far as its first records
   * contain them: headers are written first.
   *
   * @param flattened the first bytes of the flattened file
   * @param most maximum number of bytes
   */
  static byte[] beginning(MemorySegment flattened, int most) {
    byte[] bytes = new byte[most];
    MemorySegment target = MemorySegment.ofArray(bytes);
    long at = RECORDS;
    while (at + RECORD_HEADER <= flattened.byteSize()) {
      long offset = Long.reverseBytes(flattened.get(ValueLayout.JAVA_LONG_UNALIGNED, at));
      long size = Long.reverseBytes(flattened.get(ValueLayout.JAVA_LONG_UNALIGNED, at + 8));
      at += RECORD_HEADER;
      if (offset < 0 || size < 0) {
        break;
      }
      long held = Math.min(size, flattened.byteSize() - at);
      if (offset < most) {
        MemorySegment.copy(flattened, at, target, offset, Math.min(held, most - offset));
      }
      at += held;
    }
    return bytes;
  }

  @Override
  public List<DoubtfulBytes> doubts() {
    return doubts;
  }

  @Override
  public long storedLength() {
    return bytes.storedLength();
  }

  /** Bytes that no record fills. */
  private long holes() {
    return length() - filled.length();
  }

  @Override
  public String name() {
    return bytes.name();
  }

  @Override
  public long length() {
    return filled.size() == 0 ? 0 : filled.end(filled.size() - 1);
  }

  @Override
  public long read(long offset, MemorySegment destination) {
    if (offset < 0 || offset >= length()) {
      return 0;
    }
    long wanted = Math.min(destination.byteSize(), length() - offset);
    long done = 0;
    int piece = filled.firstAfter(offset);
    while (done < wanted) {
      long at = offset + done;
      if (filled.start(piece) > at) {
        long gap = Math.min(filled.start(piece) - at, wanted - done);
        destination.asSlice(done, gap).fill((byte) 0);
        done += gap;
      } else {
        long most = Math.min(filled.end(piece) - at, wanted - done);
        long count = readRecord(shownGroups[piece], at, destination.asSlice(done, most));
        if (count == 0) {
          break;
        }
        done += count;
        if (offset + done == filled.end(piece)) {
          piece++;
        }
      }
    }
    return done;
  }

  /** Reads from one record, at most to its end. */
  private long readRecord(int group, long at, MemorySegment destination) {
    FlattenedRecords records = cache[group % CACHED_GROUPS];
    if (records == null || records.group() != group) {
      records = FlattenedRecords.read(bytes, group, groups.get(group));
      cache[group % CACHED_GROUPS] = records;
    }
    int record = records.at(at);
    long most = Math.min(destination.byteSize(), records.end(record) - at);
    return bytes.read(records.source(record, at), destination.asSlice(0, most));
  }

  @Override
  public void close() {
    bytes.close();
  }
}
