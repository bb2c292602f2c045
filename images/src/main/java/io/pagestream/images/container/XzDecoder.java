package io.pagestream.images.container;

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
record XzDecoder(ReadLimits limits) implements Decoder {
  private static final int CHUNK = 1 << 16;

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
    StreamDoubts doubts = new StreamDoubts(input, sink);
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
        doubts.unreadable(e);
      } catch (IOException e) {
        blocks = null;
        doubts.within(
            DoubtReason.XZ_CHECK,
            start,
            size,
            "the xz block at offset 0x%x does not match its checksum or is damaged".formatted(at));
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
        throw e instanceof EOFException ? new EOFException("the xz stream ends too early") : e;
      }
      stopped(new StreamDoubts(input, sink), e);
    }
  }

  /**
   * The reason why the decoder stopped; for other bytes after a stream the library reports
   * "Garbage".
   */
  private static void stopped(StreamDoubts doubts, IOException why) {
    CompressedInput input = doubts.input();
    if (why instanceof EOFException) {
      doubts.truncated(", inside the xz stream");
    } else if (why instanceof BadSector bad) {
      doubts.here(DoubtReason.UNREADABLE, bad.getMessage() + "; the rest is lost");
    } else if (String.valueOf(why.getMessage()).contains("Garbage")) {
      doubts.here(
          DoubtReason.TRAILING_BYTES,
          "bytes after the last xz stream, before offset 0x%x, are ignored"
              .formatted(input.length()));
    } else {
      doubts.onwards(
          DoubtReason.DAMAGED_STREAM,
          0,
          "the xz stream is damaged before offset 0x%x: the rest is lost, and the data before it may be wrong"
              .formatted(input.position()));
    }
  }
}
