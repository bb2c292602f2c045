package io.pagestream.kernel.machine;

import io.pagestream.images.memory.ImageFacts;
import io.pagestream.images.memory.MemoryImage;
import io.pagestream.images.memory.PageState;
import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.schemas.page.Pages;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.TreeMap;

/** An image in which single bytes are replaced; the image itself is not changed. */
public final class PatchedImage implements MemoryImage {
  private final MemoryImage image;
  private final TreeMap<Long, Byte> patches = new TreeMap<>();

  /** An image without patches. */
  public PatchedImage(MemoryImage image) {
    this.image = image;
  }

  /** Replaces a byte. */
  public void patch(long physicalAddress, int value) {
    patches.put(physicalAddress, (byte) value);
  }

  /** Removes all patches. */
  public void restore() {
    patches.clear();
  }

  @Override
  public ImageFacts facts() {
    return image.facts();
  }

  @Override
  public List<PhysicalExtent> extents() {
    return image.extents();
  }

  @Override
  public void read(
      long physicalAddress, int pageCount, MemorySegment destination, PageState[] states) {
    image.read(physicalAddress, pageCount, destination, states);
    patches
        .subMap(physicalAddress, physicalAddress + Pages.address(pageCount))
        .forEach((address, value) ->
            destination.set(ValueLayout.JAVA_BYTE, address - physicalAddress, value));
  }

  @Override
  public void close() {}
}
