package io.pagestream.images.format.macho;

import io.pagestream.images.MemoryImageContract;

/** The format keeps the contract of all formats. */
final class MachoContractTest extends MemoryImageContract {
  MachoContractTest() {
    super("macho-64.macho macho-32.macho macho-big.macho");
  }
}
