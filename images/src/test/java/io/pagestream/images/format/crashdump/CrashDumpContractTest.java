package io.pagestream.images.format.crashdump;

import io.pagestream.images.MemoryImageContract;

/** Crash dumps of all readable types keep the contract of all formats. */
final class CrashDumpContractTest extends MemoryImageContract {
  CrashDumpContractTest() {
    super(
        "crash-full64.dmp crash-bitmap64.dmp crash-active64.dmp crash-kernel64.dmp"
            + " crash-complete64.dmp crash-full32.dmp");
  }
}
