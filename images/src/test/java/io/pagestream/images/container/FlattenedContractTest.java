package io.pagestream.images.container;

import io.pagestream.images.MemoryImageContract;

/** Flattened dumps keep the contract of all formats. */
final class FlattenedContractTest extends MemoryImageContract {
  FlattenedContractTest() {
    super("flat-kdump.flat");
  }
}
