package io.pagestream.images.container;

import io.pagestream.images.MemoryImageContract;
import java.nio.file.Path;
import java.util.List;

/** Wrapped images keep the contract of all formats. */
final class WrappingContractTest extends MemoryImageContract {
  @Override
  protected List<List<Path>> images() {
    return List.of(
        List.of(golden("wrap-gzip.raw.gz")),
        List.of(golden("wrap-two-members.raw.gz")),
        List.of(golden("wrap-xz.raw.xz")),
        List.of(golden("wrap-two-streams.raw.xz")),
        List.of(golden("wrap-long27.raw.zst")),
        List.of(golden("wrap-frames.raw.zst")));
  }
}
