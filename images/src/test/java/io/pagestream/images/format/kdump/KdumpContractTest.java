package io.pagestream.images.format.kdump;

import io.pagestream.images.MemoryImageContract;
import java.nio.file.Path;
import java.util.List;

/** Kdumps keep the contract of all formats. */
final class KdumpContractTest extends MemoryImageContract {
  @Override
  protected List<List<Path>> images() {
    return List.of(
        List.of(golden("kdump-zlib.kdump")),
        List.of(golden("kdump-lzo.kdump")),
        List.of(golden("kdump-snappy.kdump")),
        List.of(golden("kdump-zstd.kdump")),
        List.of(golden("kdump-mixed-excluded.kdump")),
        List.of(golden("kdump-zero-compressed.kdump")),
        List.of(golden("kdump-single-bitmap.kdump")),
        List.of(golden("kdump-i386.kdump")),
        List.of(golden("kdump-split2-1.kdump"), golden("kdump-split2-2.kdump")));
  }
}
