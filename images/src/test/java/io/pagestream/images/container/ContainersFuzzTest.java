package io.pagestream.images.container;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.pagestream.images.source.DoubtfulBytes;
import io.pagestream.images.source.HeldBytes;
import io.pagestream.images.source.ImageBytes;
import io.pagestream.images.source.ReadLimits;
import io.pagestream.schemas.error.PagestreamException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * A target for each compression of whole images, and one for flattened dumps: any bytes are refused
 * with a clear error, or decompressed as far as they go.
 */
class ContainersFuzzTest {
  /** Decompressed data is not kept: damaged data may expand to a thousand times its size. */
  private static final long MOST_PLAIN = 8L << 20;

  private static final ReadLimits LIMITS = new ReadLimits(8L << 20, 64L << 20);

  @FuzzTest
  void gzip(byte[] file) {
    decompress(Wrapping.GZIP, file);
  }

  @FuzzTest
  void zstd(byte[] file) {
    decompress(Wrapping.ZSTD, file);
  }

  @FuzzTest
  void xz(byte[] file) {
    decompress(Wrapping.XZ, file);
  }

  @FuzzTest
  void bzip2(byte[] file) {
    decompress(Wrapping.BZIP2, file);
  }

  @FuzzTest
  void lz4(byte[] file) {
    decompress(Wrapping.LZ4, file);
  }

  @FuzzTest
  void zip(byte[] file) {
    decompress(Wrapping.ZIP, file);
  }

  @FuzzTest
  void zlib(byte[] file) {
    decompress(Wrapping.ZLIB, file);
  }

  @FuzzTest
  void flattened(byte[] file) {
    try (ImageBytes bytes = FlattenedBytes.open(new HeldBytes("flattened", file), LIMITS)) {
      MemorySegment page = MemorySegment.ofArray(new byte[4096]);
      long first = bytes.read(0, page);
      long last = bytes.read(Math.max(0, bytes.length() - 4096), page);
      if (first < 0 || last < 0) {
        throw new AssertionError("negative count");
      }
    } catch (PagestreamException e) {
      requireClear(e);
    }
  }

  private static void decompress(Wrapping wrapping, byte[] file) {
    HeldBytes bytes = new HeldBytes("compressed", file);
    try {
      Codecs.of(wrapping, LIMITS).decode(new CompressedInput(bytes, offset -> {}), new Counted());
    } catch (PagestreamException e) {
      requireClear(e);
    } catch (IOException e) {
      if (e.getMessage() == null) {
        throw new AssertionError("an error without a message", e);
      }
    }
  }

  private static void requireClear(PagestreamException e) {
    if (!String.valueOf(e.getMessage()).matches("PS-[123]\\d\\d .{20,}")) {
      throw new AssertionError("not a clear error", e);
    }
  }

  /** Counts decompressed data. */
  private static final class Counted implements PlainSink {
    private long length;

    @Override
    public long length() {
      return length;
    }

    @Override
    public void append(ByteBuffer bytes) {
      length += bytes.remaining();
    }

    @Override
    public boolean isFull() {
      return length > MOST_PLAIN;
    }

    @Override
    public void lose(long count) {
      if (count < 0) {
        throw new AssertionError("lost " + count);
      }
      length += count;
    }

    @Override
    public void cut(long to) {
      if (to < 0 || to > length) {
        throw new AssertionError("cut to " + to);
      }
      length = to;
    }

    @Override
    public void doubt(DoubtfulBytes doubt) {
      if (doubt.message().isEmpty() || doubt.offset() < 0) {
        throw new AssertionError("a doubt without a message");
      }
    }
  }
}
