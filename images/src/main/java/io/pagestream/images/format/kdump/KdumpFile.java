package io.pagestream.images.format.kdump;

import io.pagestream.images.format.ImagePart;
import io.pagestream.images.source.ImageBytes;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The headers of one file of a kdump.
 *
 * @param bytes the file
 * @param header block 0
 * @param subHeader block 1
 */
record KdumpFile(ImageBytes bytes, KdumpHeader header, KdumpSubHeader subHeader) {
  /** Reads only the headers. */
  static KdumpFile read(ImageBytes bytes) {
    MemorySegment signature = bytes.require(0, 8, "the kdump signature");
    if (!new KdumpFormat().recognises(signature)) {
      throw bytes.corrupt(0, "not a kdump signature, but that of another format");
    }
    KdumpHeader header = KdumpHeader.read(bytes);
    boolean diskdump = KdumpFormat.isDiskdump(signature);
    return new KdumpFile(bytes, header, KdumpSubHeader.read(bytes, header, diskdump));
  }

  /** The frames of a split dump in the file; empty for a whole dump. */
  Optional<ImagePart> part() {
    return subHeader.split()
        ? Optional.of(
            new ImagePart(
                dump(), subHeader.startFrame(), subHeader.endFrame(), subHeader.frameLimit()))
        : Optional.empty();
  }

  /**
   * Common properties of all parts of a dump, so that a damaged file is not mistaken for a part.
   */
  private ByteBuffer dump() {
    ByteBuffer identity = header.identity().duplicate();
    return ByteBuffer.allocate(identity.remaining() + 2 * Long.BYTES)
        .put(identity)
        .putLong(header.bitmapBlocks())
        .putLong(subHeader.frameLimit())
        .flip();
  }

  /** The frames that exist: the first half of the bitmaps, or the only one. */
  FrameBits existing() {
    return bits(0);
  }

  /** The frames that were dumped: the second half of the bitmaps, or the only one. */
  FrameBits dumped() {
    return bits(isPartial() ? header.bitmapLength() / 2 : 0);
  }

  /** Whether there are two bitmaps (crash {@code diskdump.c}, dump_is_partial). */
  boolean isPartial() {
    return header.bitmapBlocks() >= 2 * blocksOf(subHeader.frameLimit());
  }

  private FrameBits bits(long offset) {
    long half = isPartial() ? header.bitmapLength() / 2 : header.bitmapLength();
    if (blocksOf(subHeader.frameLimit()) * header.blockBytes() > half) {
      throw bytes.corrupt(
          header.layout().statusOffset() + 12L,
          "a bitmap of %d bytes for %d pages".formatted(half, subHeader.frameLimit()));
    }
    if (!bytes.contains(header.bitmapOffset(), header.bitmapLength())) {
      throw bytes.truncated(header.bitmapOffset(), "the bitmaps of pages");
    }
    return new FrameBits(bytes, header.bitmapOffset() + offset, subHeader.frameLimit());
  }

  private long blocksOf(long frames) {
    long length = (frames + 7) / 8;
    return (length + header.blockBytes() - 1) / header.blockBytes();
  }
}
