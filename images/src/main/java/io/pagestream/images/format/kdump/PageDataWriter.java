package io.pagestream.images.format.kdump;

import io.pagestream.images.writing.ImageOutput;
import io.pagestream.schemas.page.Pages;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Writes the descriptors and the data of pages, both in large pieces. */
final class PageDataWriter implements AutoCloseable {
  private static final int DATA_BYTES = 1 << 20;
  private static final byte[] ZEROS = new byte[Pages.SIZE];

  private final ImageOutput output;
  private final PageCompressor compressor;
  private final ByteBuffer descriptors = ImageOutput.header(Descriptors.BATCH * Descriptors.SIZE);
  private final ByteBuffer data = ByteBuffer.allocate(DATA_BYTES);
  private final byte[] page = new byte[Pages.SIZE];
  private final byte[] compressed;
  private long descriptorOffset;
  private long dataOffset;

  /** The data of zeros; -1 until there is any. */
  private long zeroOffset = -1;

  private int zeroSize;

  /**
   * A writer.
   *
   * @param descriptorOffset offset of the first descriptor in the file
   * @param dataOffset offset of the first page's data
   */
  PageDataWriter(
      ImageOutput output, long descriptorOffset, long dataOffset, PageCompressor compressor) {
    this.output = output;
    this.descriptorOffset = descriptorOffset;
    this.dataOffset = dataOffset;
    this.compressor = compressor;
    this.compressed = new byte[compressor.mostBytes()];
  }

  /** Adds pages, in the order of their frames. */
  void add(MemorySegment pages) throws IOException {
    for (long at = 0; at < pages.byteSize(); at += Pages.SIZE) {
      MemorySegment.copy(pages, at, MemorySegment.ofArray(page), 0, Pages.SIZE);
      addPage();
    }
  }

  private void addPage() throws IOException {
    boolean isZero = Arrays.equals(page, ZEROS);
    if (isZero && zeroOffset >= 0) {
      describe(zeroOffset, zeroSize, compressor.flag());
      return;
    }
    int size = compressor.compress(page, compressed);
    boolean smaller = size < Pages.SIZE;
    long offset = dataOffset + data.position();
    describe(offset, smaller ? size : Pages.SIZE, smaller ? compressor.flag() : PageCodecs.STORED);
    data.put(smaller ? compressed : page, 0, smaller ? size : Pages.SIZE);
    if (isZero) {
      zeroOffset = offset;
      zeroSize = size;
    }
    if (data.remaining() < Pages.SIZE) {
      flushData();
    }
  }

  private void describe(long offset, int size, int flags) throws IOException {
    descriptors.putLong(offset).putInt(size).putInt(flags).putLong(0);
    if (!descriptors.hasRemaining()) {
      flushDescriptors();
    }
  }

  private void flushDescriptors() throws IOException {
    descriptors.flip();
    int size = descriptors.remaining();
    output.write(descriptorOffset, descriptors);
    descriptorOffset += size;
    descriptors.clear();
  }

  private void flushData() throws IOException {
    data.flip();
    int size = data.remaining();
    output.write(dataOffset, data);
    dataOffset += size;
    data.clear();
  }

  /** Writes the rest. */
  @Override
  public void close() throws IOException {
    flushDescriptors();
    flushData();
  }
}
