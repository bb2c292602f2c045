package io.pagestream.images.format.kdump;

import io.pagestream.images.MemoryImageContract;

/** Kdumps keep the contract of all formats. */
final class KdumpContractTest extends MemoryImageContract {
  KdumpContractTest() {
    super(
        """
        kdump-zlib.kdump kdump-lzo.kdump kdump-snappy.kdump kdump-zstd.kdump
        kdump-mixed-excluded.kdump kdump-zero-compressed.kdump kdump-single-bitmap.kdump
        kdump-i386.kdump kdump-split2-1.kdump+kdump-split2-2.kdump kdump-s390x.kdump kdump-ppc.kdump
        kdump-qemu-ppc.kdump kdump-disk-big.kdump kdump-big-split-1.kdump+kdump-big-split-2.kdump
        """);
  }
}
