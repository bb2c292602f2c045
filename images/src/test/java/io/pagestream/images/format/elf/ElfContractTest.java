package io.pagestream.images.format.elf;

import io.pagestream.images.MemoryImageContract;
import java.nio.file.Path;
import java.util.List;

/** ELF cores keep the contract of all formats. */
final class ElfContractTest extends MemoryImageContract {
  @Override
  protected List<List<Path>> images() {
    return List.of(
        List.of(golden("elf64.elf")),
        List.of(golden("elf64-phoff192.elf")),
        List.of(golden("elf64-phoff-end.elf")),
        List.of(golden("elf64-xnum.elf")),
        List.of(golden("elf64-excluded.elf")),
        List.of(golden("elf64-high.elf")),
        List.of(golden("elf32.elf")));
  }
}
