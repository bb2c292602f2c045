package io.pagestream.images.format.zdmp;

import io.pagestream.images.MemoryImageContract;

/** The format keeps the contract of all formats. */
final class ZdmpContractTest extends MemoryImageContract {
  ZdmpContractTest() {
    super("zdmp.zdmp zdmp-large.zdmp");
  }
}
