package io.pagestream.images.format.qemu;

import io.pagestream.schemas.page.Pages;

/**
 * A block of memory in a stream: the machine's RAM, or the memory of a device.
 *
 * @param name its name in QEMU, for example {@code pc.ram}
 * @param size length in bytes, a multiple of the page size
 * @param contentOffset where its first byte is in the content of all blocks
 * @param index the records of its pages
 */
record RamBlock(String name, long size, long contentOffset, PageIndex index) {
  RamBlock(String name, long size, long contentOffset) {
    this(name, size, contentOffset, new PageIndex(Pages.frameNumber(size)));
  }

  /** Offset in the content after its last byte. */
  long contentEnd() {
    return contentOffset + size;
  }
}
