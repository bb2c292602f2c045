package io.pagestream.producer.container;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;
import org.tukaani.xz.XZInputStream;

/** The decompressor of each wrapping. */
final class Codecs {
  /** zstd --long=31 is the largest window there is (RFC 8878, 3.1.1.1.2; ZSTD_WINDOWLOG_MAX). */
  private static final int LARGEST_ZSTD_WINDOW_LOG = 31;

  /** xz -9 needs 65 MiB. A header may ask for 4 GiB; this is taken from the heap. */
  private static final int XZ_MEMORY_KIB = 320 << 10;

  private Codecs() {}

  /** A stream of decompressed bytes; closing it frees the decompressor. */
  static InputStream open(Wrapping wrapping, InputStream compressed) throws IOException {
    return switch (wrapping) {
      case ZSTD -> new ZstdInputStreamNoFinalizer(compressed).setLongMax(LARGEST_ZSTD_WINDOW_LOG);
      case GZIP -> new GzipInput(compressed);
      case XZ -> new XZInputStream(compressed, XZ_MEMORY_KIB);
      case NONE -> compressed;
    };
  }
}
