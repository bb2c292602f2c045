package io.pagestream.images.format.hpak;

import io.pagestream.images.MemoryImageContract;

/** The format keeps the contract of all formats. */
final class HpakContractTest extends MemoryImageContract {
  HpakContractTest() {
    super("hpak.hpak");
  }
}
