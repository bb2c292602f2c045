package io.pagestream.images.format.elf;

import io.pagestream.images.MemoryImageContract;

/** ELF cores keep the contract of all formats. */
final class ElfContractTest extends MemoryImageContract {
  ElfContractTest() {
    super(
        """
        elf64.elf elf64-phoff192.elf elf64-phoff-end.elf elf64-xnum.elf elf64-excluded.elf
        elf64-high.elf elf32.elf elf64-s390x.elf elf64-ppc64-xnum.elf elf32-ppc.elf
        """);
  }
}
