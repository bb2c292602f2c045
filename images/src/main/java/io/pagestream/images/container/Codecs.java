package io.pagestream.images.container;

import io.pagestream.images.source.ReadLimits;

/** The decoder of each compression. */
final class Codecs {
  private Codecs() {}

  /**
   * A decoder.
   *
   * @throws IllegalArgumentException for {@link Wrapping#NONE}
   */
  static Decoder of(Wrapping wrapping, ReadLimits limits) {
    return switch (wrapping) {
      case ZSTD -> new ZstdDecoder(limits);
      case GZIP -> new GzipDecoder();
      case XZ -> new XzDecoder(limits);
      case BZIP2 -> new Bzip2Decoder();
      case LZ4 -> new Lz4Decoder();
      case ZIP -> new ZipDecoder();
      case ZLIB -> new ZlibDecoder();
      case NONE -> throw new IllegalArgumentException("not compressed");
    };
  }
}
