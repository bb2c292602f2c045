package io.pagestream.images.container;

import io.pagestream.images.source.DoubtfulBytes;
import io.pagestream.images.source.ReadLimits;
import io.pagestream.schemas.doubt.DoubtReason;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.CorruptedInputException;
import org.tukaani.xz.MemoryLimitException;
import org.tukaani.xz.SeekableXZInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * An xz file. Its index, at the end, contains the position and content size of each block, so that
 * a damaged block affects only itself. Without an index (the file is truncated, or other bytes
 * follow it) the file is decompressed from its beginning to the first damage.
 */
final class XzDecoder implements Decoder {
  private static final String ACQUIRE = "; copy the image again or acquire it again";
  private static final int CHUNK = 1 << 16;

  private final ReadLimits limits;

  XzDecoder(ReadLimits limits) {
    this.limits = limits;
  }

  @Override
  public void decode(CompressedInput input, PlainSink sink) throws IOException {
    int memoryKib = (int) Math.min(Integer.MAX_VALUE, limits.decoderBytes() >> 10);
    try {
      SeekableXZInputStream blocks = index(input, memoryKib);
      if (blocks == null) {
        inOrder(input, sink, memoryKib);
      } else {
        byBlocks(input, sink, blocks, memoryKib);
      }
    } catch (MemoryLimitException e) {
      limits.checkDecoder(
          input.name(), 0, (long) e.getMemoryNeeded() << 10, "the xz file (its dictionary)");
      throw e;
    }
  }

  /** The file by its index, or null if it has none. */
  private static @Nullable SeekableXZInputStream index(CompressedInput input, int memoryKib)
      throws MemoryLimitException {
    try {
      return new SeekableXZInputStream(new XzSeekable(input), memoryKib);
    } catch (MemoryLimitException e) {
      throw e;
    } catch (IOException e) {
      return null; // no index, or a damaged one
    }
  }

  private static void byBlocks(
      CompressedInput input, PlainSink sink, SeekableXZInputStream index, int memoryKib)
      throws IOException {
    @Nullable SeekableXZInputStream blocks = index;
    for (int block = 0; block < index.getBlockCount() && !sink.isFull(); block++) {
      long start = sink.length();
      long size = index.getBlockSize(block);
      long at = index.getBlockCompPos(block);
      try {
        if (blocks == null) { // a decoder that has failed keeps failing
          blocks = new SeekableXZInputStream(new XzSeekable(input), memoryKib);
        }
        block(sink, blocks, block, size);
      } catch (MemoryLimitException e) {
        throw e;
      } catch (BadSector e) {
        blocks = null;
        sink.doubt(
            new DoubtfulBytes(
                DoubtReason.UNREADABLE,
                sink.length(),
                0,
                "%s: %,d bytes at offset 0x%x cannot be read from the disk; the data compressed in them is"
                        .formatted(input.name(), e.next() - e.offset(), e.offset())
                    + " lost"));
      } catch (IOException e) {
        blocks = null;
        sink.doubt(
            new DoubtfulBytes(
                DoubtReason.XZ_CHECK,
                start,
                size,
                "%s: the xz block at offset 0x%x does not match its checksum or is damaged%s"
                    .formatted(input.name(), at, ACQUIRE)));
      }
      if (!sink.isFull()) {
        sink.lose(start + size - sink.length());
      }
    }
  }

  /**
   * Decompresses one block. The check follows the block's last byte and is read with it: the byte
   * is in the buffer even if the check is wrong.
   */
  private static void block(PlainSink sink, SeekableXZInputStream blocks, int block, long size)
      throws IOException {
    byte[] chunk = new byte[CHUNK];
    blocks.seekToBlock(block);
    long left = size;
    while (left > 1 && !sink.isFull()) {
      int count = blocks.read(chunk, 0, (int) Math.min(chunk.length, left - 1));
      if (count < 0) {
        throw new EOFException("the block ends");
      }
      sink.append(ByteBuffer.wrap(chunk, 0, count));
      left -= count;
    }
    if (left == 1 && !sink.isFull()) {
      try {
        if (blocks.read(chunk, 0, 1) < 0) {
          throw new EOFException("the block ends");
        }
      } catch (CorruptedInputException e) {
        sink.append(ByteBuffer.wrap(chunk, 0, 1));
        throw e;
      }
      sink.append(ByteBuffer.wrap(chunk, 0, 1));
    }
  }

  private static void inOrder(CompressedInput input, PlainSink sink, int memoryKib)
      throws IOException {
    byte[] chunk = new byte[CHUNK];
    input.seek(0);
    try (XZInputStream plain = new XZInputStream(new XzSeekable(input), memoryKib)) {
      for (int count = plain.read(chunk); count >= 0 && !sink.isFull(); count = plain.read(chunk)) {
        sink.append(ByteBuffer.wrap(chunk, 0, count));
      }
    } catch (IOException e) {
      if (sink.length() == 0) {
        throw e;
      }
      sink.doubt(stopped(input, sink.length(), e));
    }
  }

  /**
   * The reason why the decoder stopped; for other bytes after a stream the library reports
   * "Garbage".
   */
  private static DoubtfulBytes stopped(CompressedInput input, long length, IOException why) {
    String message = String.valueOf(why.getMessage());
    if (why instanceof EOFException) {
      return new DoubtfulBytes(
          DoubtReason.TRUNCATED,
          length,
          0,
          "%s: the file ends after %,d bytes, inside the xz stream%s"
              .formatted(input.name(), input.length(), ACQUIRE));
    }
    if (why instanceof BadSector bad) {
      return new DoubtfulBytes(
          DoubtReason.UNREADABLE,
          length,
          0,
          "%s: %s; the rest is lost".formatted(input.name(), bad.getMessage()));
    }
    if (message.contains("Garbage")) {
      return new DoubtfulBytes(
          DoubtReason.TRAILING_BYTES,
          length,
          0,
          "%s: bytes after the last xz stream, before offset 0x%x, are ignored"
              .formatted(input.name(), input.length()));
    }
    return new DoubtfulBytes(
        DoubtReason.DAMAGED_STREAM,
        0,
        DoubtfulBytes.TO_END,
        "%s: the xz stream is damaged before offset 0x%x: the rest is lost, and the data before it"
                .formatted(input.name(), input.position())
            + " may be wrong"
            + ACQUIRE);
  }
}
