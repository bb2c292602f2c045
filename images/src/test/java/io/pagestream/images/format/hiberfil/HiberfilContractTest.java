package io.pagestream.images.format.hiberfil;

import io.pagestream.images.MemoryImageContract;

/** Hibernation files of all versions keep the contract of all formats. */
final class HiberfilContractTest extends MemoryImageContract {
  HiberfilContractTest() {
    super(
        "hiberfil-10.sys hiberfil-8.sys hiberfil-future.sys hiberfil-10-32.sys hiberfil-wake.sys"
            + " hiberfil-xp32.sys hiberfil-vista32.sys hiberfil-seven32.sys hiberfil-xp64.sys"
            + " hiberfil-vista64.sys hiberfil-seven64.sys hiberfil-wiped.sys");
  }
}
