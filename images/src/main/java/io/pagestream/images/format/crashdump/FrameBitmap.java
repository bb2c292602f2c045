package io.pagestream.images.format.crashdump;

import io.pagestream.images.source.ImageBytes;
import io.pagestream.images.source.LittleEndian;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.doubt.DoubtReason;
import io.pagestream.schemas.page.Pages;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * The bitmap of a dump, behind the header: 0 {@code SDMP} or {@code FDMP}, 4 {@code DUMP}, 0x20 u64
 * offset of the first page in the file, 0x28 u64 number of pages, 0x30 u64 number of bits, 0x38 one
 * bit for each frame, beginning with the lowest bit of the first byte. The pages of the frames
 * whose bits are set follow in ascending order. Sources: Volatility 3's {@code crash.py} and
 * kdmp-parser.
 */
final class FrameBitmap {
  private static final int SDMP = 0x504d4453;
  private static final int FDMP = 0x504d4446;
  private static final int DUMP = 0x504d5544;
  private static final int HEADER_BYTES = 0x38;
  private static final int CHUNK_BYTES = 1 << 16;

  private FrameBitmap() {}

  /**
   * Reads it.
   *
   * @param at its offset in the file
   * @param doubts receives a doubt if the number of bits is not that of the header
   * @throws io.pagestream.schemas.error.PagestreamException if it is not complete or impossible
   */
  static StoredFrames read(ImageBytes bytes, long at, List<Doubt> doubts) {
    MemorySegment header = bytes.require(at, HEADER_BYTES, "the bitmap's header");
    int signature = LittleEndian.i32(header, 0);
    if ((signature != SDMP && signature != FDMP) || LittleEndian.i32(header, 4) != DUMP) {
      throw bytes.corrupt(at, "no bitmap of pages (SDMP or FDMP) behind the crash dump's header");
    }
    long firstPage = LittleEndian.i64(header, 0x20);
    long claimed = LittleEndian.i64(header, 0x28);
    long bits = LittleEndian.i64(header, 0x30);
    long mostBits = 8 * (firstPage - at - HEADER_BYTES);
    if (firstPage < at + HEADER_BYTES || (firstPage & (Pages.SIZE - 1)) != 0) {
      throw bytes.corrupt(at + 0x20, "the first page at offset 0x%x".formatted(firstPage));
    }
    if (bits <= 0 || bits > mostBits || bits > Pages.frameNumber(Pages.ADDRESS_LIMIT)) {
      throw bytes.corrupt(
          at + 0x30,
          "a bitmap of %,d bits before the first page at 0x%x".formatted(bits, firstPage));
    }
    StoredFrames frames = new StoredFrames(bytes, firstPage);
    addSetBits(bytes, at + HEADER_BYTES, bits, frames);
    if (frames.count() != claimed) {
      doubts.add(
          DoubtReason.HEADER_CONTRADICTION.of(
              "%s: the bitmap has %,d pages, but its header claims %,d"
                  .formatted(bytes.name(), frames.count(), claimed)));
    }
    return frames;
  }

  private static void addSetBits(ImageBytes bytes, long at, long bits, StoredFrames frames) {
    long runStart = -1;
    long bytesTotal = (bits + 7) / 8;
    for (long done = 0; done < bytesTotal; done += CHUNK_BYTES) {
      int size = (int) Math.min(CHUNK_BYTES, bytesTotal - done);
      MemorySegment chunk = bytes.require(at + done, size, "the bitmap");
      byte[] content = chunk.toArray(ValueLayout.JAVA_BYTE);
      for (int i = 0; i < size; i++) {
        int eight = content[i] & 0xff;
        long frame = 8 * (done + i);
        if (eight == (runStart < 0 ? 0 : 0xff) && frame + 8 <= bits) {
          continue; // the run, or the gap, goes on
        }
        for (int bit = 0; bit < 8 && frame + bit < bits; bit++) {
          boolean set = (eight >> bit & 1) != 0;
          if (set && runStart < 0) {
            runStart = frame + bit;
          } else if (!set && runStart >= 0) {
            frames.add(new FrameRun(runStart, frame + bit - runStart));
            runStart = -1;
          }
        }
      }
    }
    if (runStart >= 0) {
      frames.add(new FrameRun(runStart, bits - runStart));
    }
  }
}
