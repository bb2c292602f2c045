package io.pagestream.images.container;

import io.pagestream.images.MemoryImageContract;

/** Wrapped images keep the contract of all formats. */
final class WrappingContractTest extends MemoryImageContract {
  WrappingContractTest() {
    super(
        """
        wrap-gzip.raw.gz wrap-two-members.raw.gz wrap-xz.raw.xz wrap-two-streams.raw.xz
        wrap-long27.raw.zst wrap-frames.raw.zst
        wrap-bzip2.raw.bz2 wrap-two-streams.raw.bz2 wrap-lz4.raw.lz4 wrap-zip.zip
        wrap-zlib.lime wrap-two-streams.lime wrap-zlib.raw.zz
        """);
  }
}
