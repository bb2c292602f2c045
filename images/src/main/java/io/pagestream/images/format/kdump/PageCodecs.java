package io.pagestream.images.format.kdump;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import io.airlift.compress.v3.Decompressor;
import io.airlift.compress.v3.MalformedInputException;
import io.airlift.compress.v3.lzo.LzoDecompressor;
import io.airlift.compress.v3.snappy.SnappyDecompressor;
import io.pagestream.schemas.text.Hex;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Decompresses single pages, straight from the window of the file into the destination. The flags
 * in a page's descriptor determine its compression; a dump may mix several.
 */
final class PageCodecs implements AutoCloseable {
  static final int STORED = 0;
  static final int ZLIB = 1;
  static final int LZO = 2;
  static final int SNAPPY = 4;
  static final int ZSTD = 0x20;

  /** The bits of a descriptor's flags that select the compression. */
  static final int MASK = ZLIB | LZO | SNAPPY | ZSTD;

  private final int blockBytes;
  private final Inflater inflater = new Inflater();
  private @Nullable ZstdDecompressCtx zstd;
  private @Nullable Decompressor lzo;
  private @Nullable Decompressor snappy;

  /**
   * Codecs of an image.
   *
   * @param blockBytes size of a decompressed page of the machine
   */
  PageCodecs(int blockBytes) {
    this.blockBytes = blockBytes;
  }

  /** Display name of a compression. */
  static String name(int flags) {
    return switch (flags & MASK) {
      case STORED -> "none";
      case ZLIB -> "zlib";
      case LZO -> "lzo";
      case SNAPPY -> "snappy";
      case ZSTD -> "zstd";
      default -> Hex.of(flags & MASK);
    };
  }

  /**
   * Decompresses a page.
   *
   * @param flags flags of the descriptor
   * @param source window of the file, and the same as a buffer
   * @param at start of the page's data in the window
   * @param size its length
   * @param target destination, and the same as a buffer
   * @param to start of the page in the destination
   * @return whether the result is exactly one page; if not, its content in the destination is
   *     undefined
   */
  boolean decompress(
      int flags, Window source, int at, int size, MemorySegment target, ByteBuffer buffer, int to) {
    return switch (flags & MASK) {
      case STORED -> copy(source, at, size, target, to);
      case ZLIB -> inflate(source.buffer(), at, size, buffer, to);
      case ZSTD -> unzstd(source.buffer(), at, size, buffer, to);
      case LZO -> {
        if (lzo == null) {
          lzo = new LzoDecompressor();
        }
        yield decompress(lzo, source, at, size, target, to);
      }
      case SNAPPY -> {
        if (snappy == null) {
          snappy = SnappyDecompressor.create();
        }
        yield decompress(snappy, source, at, size, target, to);
      }
      default -> false;
    };
  }

  private boolean copy(Window source, int at, int size, MemorySegment target, int to) {
    if (size != blockBytes) {
      return false;
    }
    MemorySegment.copy(source.segment(), at, target, to, blockBytes);
    return true;
  }

  private boolean inflate(ByteBuffer source, int at, int size, ByteBuffer target, int to) {
    inflater.reset();
    source.limit(at + size).position(at);
    target.limit(to + blockBytes).position(to);
    inflater.setInput(source);
    try {
      // All in one call: "finished" also means that the Adler-32 is correct and no byte is left.
      return inflater.inflate(target) == blockBytes && inflater.finished();
    } catch (DataFormatException e) {
      return false;
    } finally {
      source.clear();
      target.clear();
    }
  }

  private boolean unzstd(ByteBuffer source, int at, int size, ByteBuffer target, int to) {
    if (zstd == null) {
      zstd = new ZstdDecompressCtx();
    }
    try {
      return zstd.decompressDirectByteBuffer(target, to, blockBytes, source, at, size)
          == blockBytes;
    } catch (ZstdException e) {
      return false;
    }
  }

  private boolean decompress(
      Decompressor codec, Window source, int at, int size, MemorySegment target, int to) {
    try {
      return codec.decompress(source.segment().asSlice(at, size), target.asSlice(to, blockBytes))
          == blockBytes;
    } catch (MalformedInputException | IllegalArgumentException e) {
      return false;
    }
  }

  @Override
  public void close() {
    inflater.end();
    if (zstd != null) {
      zstd.close();
    }
  }
}
