package io.pagestream.images.format.raw;

import io.pagestream.images.MemoryImageContract;

/** Raw images keep the contract of all formats. */
final class RawContractTest extends MemoryImageContract {
  RawContractTest() {
    super("raw-identity-tail.raw raw-ranges.raw");
  }
}
