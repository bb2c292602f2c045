package io.pagestream.images.format.crashdump;

import io.pagestream.images.format.Segment;
import io.pagestream.images.source.ImageBytes;
import io.pagestream.images.source.LittleEndian;
import io.pagestream.schemas.page.Pages;
import java.lang.foreign.MemorySegment;

/**
 * The table of ranges of the newer dump types, behind the header: 0 u32 0x40, 4 {@code RDMP}, 8
 * {@code DUMP}, 0x10 u64 size of the table, 0x18 u64 offset of the first page in the file, 0x30
 * ranges of u64 first frame and u64 number of frames, ended by a range that begins at frame 0.
 * Their pages follow in the order of the table. Source: kdmp-parser.
 */
final class FrameRanges {
  private static final int MARKER = 0x40;
  private static final int RDMP = 0x504d4452;
  private static final int DUMP = 0x504d5544;
  private static final int HEADER_BYTES = 0x30;
  private static final int RANGE_BYTES = 16;
  private static final int CHUNK_BYTES = 1 << 16;

  private FrameRanges() {}

  /**
   * Reads it.
   *
   * @param at its offset in the file
   * @throws io.pagestream.schemas.error.PagestreamException if it is not complete or impossible
   */
  static StoredFrames read(ImageBytes bytes, long at) {
    MemorySegment header = bytes.require(at, HEADER_BYTES, "the header of the table of ranges");
    if (LittleEndian.i32(header, 0) != MARKER
        || LittleEndian.i32(header, 4) != RDMP
        || LittleEndian.i32(header, 8) != DUMP) {
      throw bytes.corrupt(at, "no table of ranges (RDMP) behind the crash dump's header");
    }
    long size = LittleEndian.i64(header, 0x10);
    long firstPage = LittleEndian.i64(header, 0x18);
    long table = at + HEADER_BYTES;
    if (firstPage <= table || (firstPage & (Pages.SIZE - 1)) != 0) {
      throw bytes.corrupt(at + 0x18, "the first page at offset 0x%x".formatted(firstPage));
    }
    long most = Math.min((long) Segment.MOST, (firstPage - table) / RANGE_BYTES);
    if (size <= 0 || size / RANGE_BYTES > (firstPage - at) / RANGE_BYTES) {
      throw bytes.corrupt(
          at + 0x10,
          "a table of %,d bytes before the first page at 0x%x".formatted(size, firstPage));
    }
    return ranges(bytes, table, Math.min(most, size / RANGE_BYTES), firstPage);
  }

  private static StoredFrames ranges(ImageBytes bytes, long table, long most, long firstPage) {
    StoredFrames frames = new StoredFrames(bytes, firstPage);
    long tableBytes = most * RANGE_BYTES;
    for (long done = 0; done < tableBytes; done += CHUNK_BYTES) {
      int size = (int) Math.min(CHUNK_BYTES, tableBytes - done);
      MemorySegment chunk = bytes.require(table + done, size, "the table of ranges");
      for (int i = 0; i < size; i += RANGE_BYTES) {
        long frame = LittleEndian.i64(chunk, i);
        long count = LittleEndian.i64(chunk, i + 8L);
        if (frame == 0) {
          return frames;
        }
        if (!FrameRun.isPossible(frame, count)) {
          throw bytes.corrupt(
              table + done + i, "a range of 0x%x pages at page 0x%x".formatted(count, frame));
        }
        frames.add(new FrameRun(frame, count));
      }
    }
    return frames;
  }
}
