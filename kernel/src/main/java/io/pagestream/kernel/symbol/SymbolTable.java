package io.pagestream.kernel.symbol;

import io.pagestream.kernel.memory.DamagedRecordException;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Addresses of those symbols of a kernel that readers ask for.
 *
 * @param addresses virtual addresses by name
 * @param count number of all symbols of the kernel
 */
public record SymbolTable(Map<String, Long> addresses, int count) {
  /** Copies the map. */
  public SymbolTable {
    addresses = Map.copyOf(addresses);
  }

  /** The address of a symbol. */
  public OptionalLong find(String name) {
    Long address = addresses.get(name);
    return address == null ? OptionalLong.empty() : OptionalLong.of(address);
  }

  /**
   * The address of a required symbol.
   *
   * @throws DamagedRecordException if the kernel does not have it
   */
  public long require(String name) {
    return find(name)
        .orElseThrow(() -> new DamagedRecordException("the kernel has no symbol " + name));
  }
}
