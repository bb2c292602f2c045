package io.pagestream.images.format.lime;

import io.pagestream.images.MemoryImageContract;

/** LiME keeps the contract of all formats. */
final class LimeContractTest extends MemoryImageContract {
  LimeContractTest() {
    super("lime.lime lime-partial.lime lime-two-part-page.lime lime-high.lime");
  }
}
