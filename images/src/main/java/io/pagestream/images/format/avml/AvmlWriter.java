package io.pagestream.images.format.avml;

import io.airlift.compress.v3.snappy.SnappyCompressor;
import io.pagestream.images.interval.Intervals;
import io.pagestream.images.writing.ImageOutput;
import io.pagestream.images.writing.ImageWriter;
import io.pagestream.images.writing.Losses;
import io.pagestream.images.writing.OutputFormat;
import io.pagestream.images.writing.StoredMemory;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * Writes AVML version 2: blocks of at most 16 MiB, each a header, a snappy stream, and the length
 * of the stream (AVML, {@code src/image.rs} and {@code src/io/snappy.rs}). Blocks of zeros are
 * written too; AVML omits them, which makes zeros look like missing memory.
 */
public final class AvmlWriter implements ImageWriter {
  private static final int BLOCK_BYTES = 16 << 20;

  @Override
  public OutputFormat format() {
    return new OutputFormat(
        "avml", "AVML version 2: compressed with snappy", Losses.MISSING_MEMORY_BECOMES_A_HOLE);
  }

  @Override
  public void write(StoredMemory memory, ImageOutput output)
      throws IOException, InterruptedException {
    Intervals ranges = memory.stored();
    Chunks chunks = new Chunks(output);
    long[] stream = {0};
    memory.forEachBlock((physicalAddress, bytes) -> {
      int range = ranges.firstAfter(physicalAddress);
      long inRange = physicalAddress - ranges.start(range);
      if (inRange % BLOCK_BYTES == 0) {
        long end = Math.min(ranges.end(range), physicalAddress + BLOCK_BYTES);
        output.append(header(physicalAddress, end));
        stream[0] = output.end();
        output.append(identifier());
      }
      chunks.append(bytes);
      long end = physicalAddress + bytes.byteSize();
      if (end == ranges.end(range) || (end - ranges.start(range)) % BLOCK_BYTES == 0) {
        output.append(ImageOutput.header(Long.BYTES).putLong(output.end() - stream[0]).flip());
      }
    });
  }

  /** Writes pages as chunks of a snappy stream; one that does not become smaller is stored. */
  private static final class Chunks {
    private final ImageOutput output;
    private final SnappyCompressor snappy = SnappyCompressor.create();
    private final byte[] content = new byte[SnappyChunk.MOST_CONTENT];
    private final byte[] compressed =
        new byte[snappy.maxCompressedLength(SnappyChunk.MOST_CONTENT)];

    Chunks(ImageOutput output) {
      this.output = output;
    }

    void append(MemorySegment bytes) throws IOException {
      for (long at = 0; at < bytes.byteSize(); at += content.length) {
        int length = (int) Math.min(content.length, bytes.byteSize() - at);
        MemorySegment.copy(bytes, at, MemorySegment.ofArray(content), 0, length);
        append(length);
      }
    }

    private void append(int length) throws IOException {
      int size = snappy.compress(content, 0, length, compressed, 0, compressed.length);
      boolean smaller = size < length;
      CRC32C crc = new CRC32C();
      crc.update(content, 0, length);
      int body = SnappyChunk.CHECKSUM_BYTES + (smaller ? size : length);
      output.append(
          ImageOutput.header(SnappyChunk.HEAD_BYTES + SnappyChunk.CHECKSUM_BYTES)
              .putInt((smaller ? SnappyChunk.COMPRESSED : SnappyChunk.STORED) | body << 8)
              .putInt(masked((int) crc.getValue()))
              .flip());
      output.append(ByteBuffer.wrap(smaller ? compressed : content, 0, smaller ? size : length));
    }
  }

  /** The masking of google/snappy, {@code framing_format.txt}, section 3. */
  private static int masked(int crc) {
    return Integer.rotateRight(crc, 15) + 0xa282ead8;
  }

  private static ByteBuffer header(long start, long end) {
    return ImageOutput.header(AvmlHeader.BYTES)
        .putInt(AvmlHeader.MAGIC)
        .putInt(AvmlHeader.VERSION)
        .putLong(start)
        .putLong(end - 1)
        .putLong(0)
        .flip();
  }

  private static ByteBuffer identifier() {
    return ImageOutput.header(AvmlHeader.IDENTIFIER_BYTES)
        .putInt(AvmlHeader.IDENTIFIER_HEAD)
        .put("sNaPpY".getBytes(StandardCharsets.US_ASCII))
        .flip();
  }
}
