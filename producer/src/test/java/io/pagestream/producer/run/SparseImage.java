package io.pagestream.producer.run;

import io.pagestream.images.memory.ImageFacts;
import io.pagestream.images.memory.MemoryImage;
import io.pagestream.images.memory.PageState;
import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.RangeProvenance;
import io.pagestream.schemas.page.Pages;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Made-up memory whose every page is known from its address: zero, excluded, unreadable, or filled
 * with bytes that follow from a seed. Counts how often each page is read.
 */
final class SparseImage implements MemoryImage {
  private final List<PhysicalExtent> extents = new ArrayList<>();
  private final long seed;
  long pagesRead;

  SparseImage(long seed) {
    this.seed = seed;
  }

  SparseImage with(long firstFrame, long pageCount) {
    extents.add(
        new PhysicalExtent(
            Pages.address(firstFrame), pageCount, RangeKind.RAM, RangeProvenance.CONTAINER, ""));
    return this;
  }

  PageState stateOf(long frame) {
    return switch ((int) (mix(frame) & 15)) {
      case 0 -> PageState.EXCLUDED;
      case 1 -> PageState.UNREADABLE;
      default -> PageState.PRESENT;
    };
  }

  boolean isZero(long frame) {
    return stateOf(frame) == PageState.PRESENT && (mix(frame) >>> 8 & 3) == 0;
  }

  byte[] bytesOf(long frame) {
    byte[] bytes = new byte[Pages.SIZE];
    if (stateOf(frame) == PageState.PRESENT && !isZero(frame)) {
      new Random(mix(frame)).nextBytes(bytes);
    }
    return bytes;
  }

  private long mix(long frame) {
    return new Random(seed * 31 + frame).nextLong();
  }

  @Override
  public ImageFacts facts() {
    return ImageFacts.of("sparse");
  }

  @Override
  public List<PhysicalExtent> extents() {
    return extents;
  }

  @Override
  public void read(
      long physicalAddress, int pageCount, MemorySegment destination, PageState[] states) {
    pagesRead += pageCount;
    for (int page = 0; page < pageCount; page++) {
      long frame = Pages.frameNumber(physicalAddress) + page;
      states[page] = stateOf(frame);
      MemorySegment.copy(
          MemorySegment.ofArray(bytesOf(frame)), 0, destination, Pages.address(page), Pages.SIZE);
    }
  }

  @Override
  public void close() {}
}
