package io.pagestream.images.format.kdump;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import io.pagestream.schemas.page.Pages;
import java.util.zip.Deflater;

/** Compresses single pages. */
sealed interface PageCompressor extends AutoCloseable {
  /** The flag of a page in this compression. */
  int flag();

  /** Size of the buffer for a compressed page. */
  int mostBytes();

  /**
   * Compresses a page.
   *
   * @param target at least {@link #mostBytes()}
   * @return bytes written, possibly more than a page
   */
  int compress(byte[] page, byte[] target);

  @Override
  void close();

  /** zlib at its fastest level, as makedumpfile uses it. */
  final class Zlib implements PageCompressor {
    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);

    @Override
    public int flag() {
      return PageCodecs.ZLIB;
    }

    @Override
    public int mostBytes() {
      return Pages.SIZE + 64;
    }

    @Override
    public int compress(byte[] page, byte[] target) {
      deflater.reset();
      deflater.setInput(page);
      deflater.finish();
      int size = deflater.deflate(target);
      return deflater.finished() ? size : Integer.MAX_VALUE;
    }

    @Override
    public void close() {
      deflater.end();
    }
  }

  /** zstd. */
  record Zstandard(ZstdCompressCtx context) implements PageCompressor {
    @Override
    public int flag() {
      return PageCodecs.ZSTD;
    }

    @Override
    public int mostBytes() {
      return (int) Zstd.compressBound(Pages.SIZE);
    }

    @Override
    public int compress(byte[] page, byte[] target) {
      return context.compressByteArray(target, 0, target.length, page, 0, page.length);
    }

    @Override
    public void close() {
      context.close();
    }
  }
}
