package io.pagestream.images.format.kdump;

import io.pagestream.images.memory.PageState;
import io.pagestream.images.source.DoubtfulBytes;
import io.pagestream.images.source.ImageBytes;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** One file of a kdump: the frames {@code [startFrame, endFrame)}. */
final class KdumpPart {
  /** Data of neighboring pages within this distance is read together. */
  private static final int SMALL_GAP = 4096;

  private static final MemorySegment ZEROS = MemorySegment.ofArray(new byte[1 << 16]);

  private final ImageBytes bytes;
  private final int blockBytes;
  private final KdumpSubHeader subHeader;
  private final FrameBits dumped;
  private final long firstRank;
  private final Descriptors descriptors;
  private final Window window;
  private final PageCodecs codecs;

  /** The descriptor that is known to represent a page of zeros, and the one decoded last. */
  private long zeroOffset = -1;

  private int zeroSize;
  private int zeroFlags;
  private long lastOffset = -1;

  /** Index of the first descriptor that {@link #touches} has loaded. */
  private long loadedFirst = -Descriptors.BATCH;

  /**
   * A part.
   *
   * @param dumped the dumped frames of the whole machine
   */
  KdumpPart(KdumpFile file, FrameBits dumped, PageCodecs codecs) {
    this.bytes = file.bytes();
    this.blockBytes = file.header().blockBytes();
    this.subHeader = file.subHeader();
    this.dumped = dumped;
    this.firstRank = dumped.rank(subHeader.startFrame());
    this.descriptors =
        new Descriptors(bytes, file.header().order(), file.header().descriptorOffset(), blockBytes);
    this.window = new Window(bytes);
    this.codecs = codecs;
  }

  long startFrame() {
    return subHeader.startFrame();
  }

  long endFrame() {
    return subHeader.endFrame();
  }

  /** Whether any part of the dump holds a frame. */
  boolean isDumped(long frame) {
    return dumped.get(frame);
  }

  /** Number of descriptors of this part. */
  long descriptorCount() {
    return dumped.rank(endFrame()) - firstRank;
  }

  /** The first frame of this part from a frame on; {@link #endFrame()} or more if there is none. */
  long nextDumped(long frame) {
    return frame >= endFrame() ? endFrame() : dumped.next(frame, true);
  }

  /** Whether a dumped page or its descriptor contains doubtful bytes. */
  boolean touches(long frame, DoubtfulBytes doubt) {
    long index = dumped.rank(frame) - firstRank;
    if (index < loadedFirst || index >= loadedFirst + Descriptors.BATCH) {
      loadedFirst = index;
      descriptors.load(index, (int) Math.min(Descriptors.BATCH, descriptorCount() - index));
    }
    int at = (int) (index - loadedFirst);
    long descriptor = descriptors.place(index);
    return overlaps(doubt, descriptor, Descriptors.SIZE)
        || (descriptors.isValid(at)
            && overlaps(doubt, descriptors.offset(at), descriptors.size(at)));
  }

  private static boolean overlaps(DoubtfulBytes doubt, long offset, long size) {
    return doubt.offset() < offset + size && offset < doubt.end();
  }

  /** Offset and length of the last data in the file, according to the last descriptors. */
  boolean isCutOff() {
    long count = descriptorCount();
    if (count == 0) {
      return false;
    }
    int batch = (int) Math.min(Descriptors.BATCH, count);
    descriptors.load(count - batch, batch);
    for (int i = 0; i < batch; i++) {
      if (!descriptors.isValid(i)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Reads frames that all belong to this part, at most {@link Descriptors#BATCH}. Frames are those
   * of the machine, of {@link KdumpHeader#blockBytes()}.
   *
   * @param first index of the first frame in {@code target} and {@code states}
   */
  void read(
      long frame,
      int count,
      MemorySegment target,
      ByteBuffer buffer,
      PageState[] states,
      int first) {
    if (!dumped.get(frame) && dumped.next(frame, true) >= frame + count) {
      target.asSlice((long) first * blockBytes, (long) count * blockBytes).fill((byte) 0);
      Arrays.fill(states, first, first + count, PageState.EXCLUDED);
      return;
    }
    long rank = dumped.rank(frame) - firstRank;
    descriptors.load(rank, (int) Math.min(count, descriptorCount() - rank));
    int index = 0;
    for (int page = 0; page < count; page++) {
      int to = (first + page) * blockBytes;
      if (!dumped.get(frame + page)) {
        states[first + page] = PageState.EXCLUDED;
      } else {
        boolean read = readPage(index, count, target, buffer, to);
        states[first + page] = read ? PageState.PRESENT : PageState.UNREADABLE;
        index++;
      }
      if (states[first + page] != PageState.PRESENT) {
        target.asSlice(to, blockBytes).fill((byte) 0);
      }
    }
  }

  private boolean readPage(int index, int most, MemorySegment target, ByteBuffer buffer, int to) {
    if (!descriptors.isValid(index)) {
      return false;
    }
    if (isZeroPage(index)) {
      target.asSlice(to, blockBytes).fill((byte) 0);
      return true;
    }
    long offset = descriptors.offset(index);
    int size = descriptors.size(index);
    if (!window.holds(offset, size)) {
      window.load(offset, lengthFrom(index, most));
      if (!window.holds(offset, size)) {
        return false;
      }
    }
    int flags = descriptors.flags(index);
    int at = window.place(offset);
    if (!codecs.decompress(flags, window, at, size, target, buffer, to)) {
      return false;
    }
    if (offset == lastOffset && isZero(target, to)) {
      zeroOffset = offset;
      zeroSize = size;
      zeroFlags = flags;
    }
    lastOffset = offset;
    return true;
  }

  /** Number of bytes to read for this page and contiguous pages after it. */
  private int lengthFrom(int index, int most) {
    long start = descriptors.offset(index);
    long end = start + descriptors.size(index);
    for (int i = index + 1; i < most && descriptors.isValid(i); i++) {
      long offset = descriptors.offset(i);
      long next = offset + descriptors.size(i);
      boolean follows = offset >= end && offset <= end + SMALL_GAP;
      if (follows && next - start <= Window.CAPACITY) {
        end = next;
      } else if (!isZeroPage(i) && (offset < start || next > end)) {
        break;
      }
    }
    return (int) (end - start);
  }

  private boolean isZeroPage(int index) {
    return descriptors.offset(index) == zeroOffset
        && descriptors.size(index) == zeroSize
        && descriptors.flags(index) == zeroFlags;
  }

  private boolean isZero(MemorySegment target, int at) {
    return MemorySegment.mismatch(target, at, at + blockBytes, ZEROS, 0, blockBytes) == -1;
  }

  void close() {
    bytes.close();
  }
}
