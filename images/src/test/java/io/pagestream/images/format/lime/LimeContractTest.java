package io.pagestream.images.format.lime;

import io.pagestream.images.MemoryImageContract;
import java.nio.file.Path;
import java.util.List;

/** LiME keeps the contract of all formats. */
final class LimeContractTest extends MemoryImageContract {
  @Override
  protected List<List<Path>> images() {
    return List.of(
        List.of(golden("lime.lime")),
        List.of(golden("lime-partial.lime")),
        List.of(golden("lime-two-part-page.lime")),
        List.of(golden("lime-high.lime")));
  }
}
