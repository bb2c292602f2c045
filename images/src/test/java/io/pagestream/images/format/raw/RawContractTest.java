package io.pagestream.images.format.raw;

import io.pagestream.images.MemoryImageContract;
import java.nio.file.Path;
import java.util.List;

/** Raw images keep the contract of all formats. */
final class RawContractTest extends MemoryImageContract {
  @Override
  protected List<List<Path>> images() {
    return List.of(List.of(golden("raw-identity-tail.raw")), List.of(golden("raw-ranges.raw")));
  }
}
