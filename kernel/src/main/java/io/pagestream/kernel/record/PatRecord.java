package io.pagestream.kernel.record;

import io.pagestream.images.memorytype.PatLayout;
import io.pagestream.schemas.avro.CacheType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads the layout of the PAT from {@code __pte2cachemode_tbl}, a byte for each combination of the
 * bits PWT, PCD and PAT (Linux, arch/x86/mm/init.c).
 */
public final class PatRecord {
  private PatRecord() {}

  /**
   * The layout; empty if the kernel has no such table.
   *
   * @throws io.pagestream.kernel.memory.DamagedRecordException if it cannot be read
   */
  public static Optional<PatLayout> read(LinuxKernel kernel) {
    OptionalLong table = kernel.requireSymbols().find("__pte2cachemode_tbl");
    if (table.isEmpty()) {
      return Optional.empty();
    }
    List<CacheType> types = new ArrayList<>();
    for (byte mode : kernel.memory().bytes(table.getAsLong(), 8)) {
      types.add(CacheMode.of(mode));
    }
    return types.contains(CacheType.UNKNOWN) ? Optional.empty() : Optional.of(new PatLayout(types));
  }
}
