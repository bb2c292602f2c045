package io.pagestream.images.container;

import io.pagestream.images.MemoryImageContract;
import java.nio.file.Path;
import java.util.List;

/** Flattened dumps keep the contract of all formats. */
final class FlattenedContractTest extends MemoryImageContract {
  @Override
  protected List<List<Path>> images() {
    return List.of(List.of(golden("flat-kdump.flat")));
  }
}
