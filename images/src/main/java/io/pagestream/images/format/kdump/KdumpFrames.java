package io.pagestream.images.format.kdump;

import io.pagestream.images.interval.Interval;
import io.pagestream.images.interval.Intervals;
import io.pagestream.images.memory.PageState;
import io.pagestream.schemas.page.Pages;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The frames of a kdump in all its files, and the pages of 4096 bytes in them. Where the machine
 * has larger pages, a frame holds several of ours, and is decompressed as a whole.
 */
final class KdumpFrames implements AutoCloseable {
  private static final int SCRATCH_BYTES = 1 << 20;

  private final List<KdumpPart> parts;
  private final Intervals missing;
  private final int frameBytes;
  private final int framePages;
  private @Nullable MemorySegment scratch;

  /**
   * The frames of a dump.
   *
   * @param parts in the order of their frames
   * @param missing frames that were dumped into files that are not given
   * @param frameBytes size of a page of the machine, a multiple of 4096
   */
  KdumpFrames(List<KdumpPart> parts, List<Interval> missing, int frameBytes) {
    this.parts = List.copyOf(parts);
    this.missing = Intervals.of(missing);
    this.frameBytes = frameBytes;
    this.framePages = frameBytes / Pages.SIZE;
  }

  /** Reads pages, as {@link io.pagestream.images.memory.MemoryImage#read} does. */
  void read(long physicalAddress, int pageCount, MemorySegment destination, PageState[] states) {
    if (framePages == 1) {
      readFrames(Pages.frameNumber(physicalAddress), pageCount, destination, states);
      return;
    }
    MemorySegment buffer = scratch();
    int most = SCRATCH_BYTES / frameBytes;
    PageState[] frameStates = new PageState[most];
    long firstPage = Pages.frameNumber(physicalAddress);
    long endPage = firstPage + pageCount;
    for (long frame = firstPage / framePages; frame * framePages < endPage; frame += most) {
      long endFrame = Math.min(frame + most, (endPage + framePages - 1) / framePages);
      readFrames(frame, (int) (endFrame - frame), buffer, frameStates);
      long from = Math.max(firstPage, frame * framePages);
      long to = Math.min(endPage, endFrame * framePages);
      MemorySegment.copy(
          buffer,
          Pages.address(from - frame * framePages),
          destination,
          Pages.address(from - firstPage),
          Pages.address(to - from));
      for (long page = from; page < to; page++) {
        states[(int) (page - firstPage)] = frameStates[(int) (page / framePages - frame)];
      }
    }
  }

  private MemorySegment scratch() {
    MemorySegment known = scratch;
    if (known == null) {
      known = Arena.ofAuto().allocate(SCRATCH_BYTES, Pages.SIZE);
      scratch = known;
    }
    return known;
  }

  private void readFrames(long frame, int count, MemorySegment destination, PageState[] states) {
    ByteBuffer buffer = destination.asByteBuffer();
    long end = frame + count;
    long at = frame;
    for (KdumpPart part : parts) {
      at = leaveOut(frame, at, Math.min(end, part.startFrame()), destination, states);
      while (at < end && at >= part.startFrame() && at < part.endFrame()) {
        long to = Math.min(Math.min(end, part.endFrame()), at + Descriptors.BATCH);
        part.read(at, (int) (to - at), destination, buffer, states, (int) (at - frame));
        at = to;
      }
    }
    leaveOut(frame, at, end, destination, states);
  }

  /** Frames between the given parts: either in a missing part, or not dumped. */
  private long leaveOut(
      long frame, long from, long to, MemorySegment destination, PageState[] states) {
    if (from >= to) {
      return from;
    }
    destination.asSlice((from - frame) * frameBytes, (to - from) * frameBytes).fill((byte) 0);
    Arrays.fill(states, (int) (from - frame), (int) (to - frame), PageState.EXCLUDED);
    for (long at = from; missing.size() > 0 && at < to; at++) {
      if (missing.contains(at) && parts.getFirst().isDumped(at)) {
        states[(int) (at - frame)] = PageState.UNREADABLE;
      }
    }
    return to;
  }

  @Override
  public void close() {
    parts.forEach(KdumpPart::close);
  }
}
