package io.pagestream.images.format.kdump;

import io.pagestream.images.source.ImageBytes;
import io.pagestream.images.source.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A bitmap of page frames, bit n in byte n&gt;&gt;3, least significant first, read in blocks on
 * demand: the bitmaps of a 1 TiB machine are 32 MiB each. Only the counts of set bits before each
 * block are kept, from which the number of a page's descriptor follows.
 */
final class FrameBits {
  /** Frames in a block: 8 KiB of bitmap. */
  private static final int BLOCK_FRAMES = 1 << 16;

  private static final int BLOCK_BYTES = BLOCK_FRAMES >>> 3;

  private final ImageBytes bytes;
  private final long offset;
  private final long frames;
  private final long[] ranks;
  private final MemorySegment block = MemorySegment.ofArray(new byte[BLOCK_BYTES]);
  private long loaded = -1;

  /**
   * Reads a bitmap once, to count.
   *
   * @param offset of the bitmap, which must be within the file
   * @param frames number of relevant bits
   */
  FrameBits(ImageBytes bytes, long offset, long frames) {
    this.bytes = bytes;
    this.offset = offset;
    this.frames = frames;
    int blocks = (int) ((frames + BLOCK_FRAMES - 1) / BLOCK_FRAMES);
    this.ranks = new long[blocks + 1];
    for (int i = 0; i < blocks; i++) {
      load(i);
      ranks[i + 1] = ranks[i] + countInBlock(BLOCK_FRAMES);
    }
  }

  /** Number of frames. */
  long frames() {
    return frames;
  }

  /** Number of set bits. */
  long count() {
    return ranks[ranks.length - 1];
  }

  /** Whether a bit is set; frames beyond the end are not. */
  boolean get(long frame) {
    if (frame >= frames) {
      return false;
    }
    load(frame / BLOCK_FRAMES);
    int inBlock = (int) (frame % BLOCK_FRAMES);
    return (LittleEndian.i64(block, (inBlock >>> 6) << 3) >>> (inBlock & 63) & 1) != 0;
  }

  /** Number of set bits before a frame. */
  long rank(long frame) {
    if (frame >= frames) {
      return count();
    }
    load(frame / BLOCK_FRAMES);
    return ranks[(int) (frame / BLOCK_FRAMES)] + countInBlock((int) (frame % BLOCK_FRAMES));
  }

  /** The first frame from {@code from} on whose bit is {@code set}; {@link #frames()} if none. */
  long next(long from, boolean set) {
    long frame = from;
    while (frame < frames) {
      load(frame / BLOCK_FRAMES);
      int inBlock = (int) (frame % BLOCK_FRAMES);
      long word = LittleEndian.i64(block, (inBlock >>> 6) << 3);
      long wanted = (set ? word : ~word) >>> (inBlock & 63);
      if (wanted != 0) {
        return Math.min(frames, frame + Long.numberOfTrailingZeros(wanted));
      }
      frame += 64 - (inBlock & 63);
    }
    return frames;
  }

  private long countInBlock(int limit) {
    long count = 0;
    int words = limit >>> 6;
    for (int i = 0; i < words; i++) {
      count += Long.bitCount(LittleEndian.i64(block, (long) i << 3));
    }
    if ((limit & 63) != 0) {
      long mask = (1L << (limit & 63)) - 1;
      count += Long.bitCount(LittleEndian.i64(block, (long) words << 3) & mask);
    }
    return count;
  }

  /** Loads a block; bits beyond the last frame are zero. */
  private void load(long index) {
    if (index == loaded) {
      return;
    }
    loaded = -1;
    long first = index * BLOCK_FRAMES;
    int wanted = (int) Math.min(BLOCK_BYTES, (frames - first + 7) >>> 3);
    long at = offset + index * BLOCK_BYTES;
    if (bytes.read(at, block.asSlice(0, wanted)) != wanted) {
      throw bytes.truncated(at, "the bitmap of pages");
    }
    block.asSlice(wanted).fill((byte) 0);
    long last = frames - first;
    if (last < BLOCK_FRAMES && (last & 7) != 0) {
      clearFrom((int) last);
    }
    loaded = index;
  }

  private void clearFrom(int bit) {
    byte kept = block.get(ValueLayout.JAVA_BYTE, bit >>> 3);
    block.set(ValueLayout.JAVA_BYTE, bit >>> 3, (byte) (kept & (1 << (bit & 7)) - 1));
  }
}
