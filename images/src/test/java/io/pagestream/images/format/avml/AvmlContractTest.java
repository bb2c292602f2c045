package io.pagestream.images.format.avml;

import io.pagestream.images.MemoryImageContract;

/** AVML keeps the contract of all formats. */
final class AvmlContractTest extends MemoryImageContract {
  AvmlContractTest() {
    super("avml.avml avml-order.avml");
  }
}
