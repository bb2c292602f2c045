package io.pagestream.images.format.kdump;

import io.pagestream.images.format.DoubtfulPages;
import io.pagestream.images.memory.ImageFacts;
import io.pagestream.images.memory.MemoryImage;
import io.pagestream.images.memory.PageState;
import io.pagestream.images.memory.PhysicalExtent;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** A kdump, in one file or several. */
final class KdumpImage implements MemoryImage {
  private final ImageFacts facts;
  private final List<PhysicalExtent> extents;
  private final KdumpFrames frames;
  private final PageCodecs codecs;
  private final DoubtfulPages doubtful;

  /**
   * An image.
   *
   * @param frames closed with the image
   * @param codecs shared by the parts; closed with the image
   * @param doubtful pages whose bytes may be wrong
   */
  KdumpImage(
      ImageFacts facts,
      List<PhysicalExtent> extents,
      KdumpFrames frames,
      PageCodecs codecs,
      DoubtfulPages doubtful) {
    this.facts = facts;
    this.extents = List.copyOf(extents);
    this.frames = frames;
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
    frames.read(physicalAddress, pageCount, destination, states);
    doubtful.mark(physicalAddress, pageCount, states);
  }

  @Override
  public void close() {
    codecs.close();
    frames.close();
  }
}
