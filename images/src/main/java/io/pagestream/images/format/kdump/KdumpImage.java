package io.pagestream.images.format.kdump;

import io.pagestream.images.format.DoubtfulPages;
import io.pagestream.images.memory.ImageFacts;
import io.pagestream.images.memory.MemoryImage;
import io.pagestream.images.memory.PageState;
import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.schemas.page.Pages;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** A kdump, in one file or several. */
final class KdumpImage implements MemoryImage {
  private final ImageFacts facts;
  private final List<PhysicalExtent> extents;
  private final List<KdumpPart> parts;
  private final PageCodecs codecs;
  private final DoubtfulPages doubtful;

  /**
   * An image.
   *
   * @param parts in the order of their frames; they cover all frames that were dumped
   * @param codecs shared by the parts; closed with the image
   * @param doubtful pages whose bytes may be wrong
   */
  KdumpImage(
      ImageFacts facts,
      List<PhysicalExtent> extents,
      List<KdumpPart> parts,
      PageCodecs codecs,
      DoubtfulPages doubtful) {
    this.facts = facts;
    this.extents = List.copyOf(extents);
    this.parts = List.copyOf(parts);
    this.codecs = codecs;
    this.doubtful = doubtful;
  }

  @Override
  public ImageFacts facts() {
    return facts;
  }

  @Override
  public List<PhysicalExtent> extents() {
    return extents;
  }

  @Override
  public void read(
      long physicalAddress, int pageCount, MemorySegment destination, PageState[] states) {
    ByteBuffer buffer = destination.asByteBuffer();
    long frame = Pages.frameNumber(physicalAddress);
    long end = frame + pageCount;
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
    doubtful.mark(physicalAddress, pageCount, states);
  }

  /** Pages between parts: none of them were dumped, otherwise the set would be incomplete. */
  private static long leaveOut(
      long frame, long from, long to, MemorySegment destination, PageState[] states) {
    if (from >= to) {
      return from;
    }
    destination.asSlice(Pages.address(from - frame), Pages.address(to - from)).fill((byte) 0);
    Arrays.fill(states, (int) (from - frame), (int) (to - frame), PageState.EXCLUDED);
    return to;
  }

  @Override
  public void close() {
    codecs.close();
    parts.forEach(KdumpPart::close);
  }
}
