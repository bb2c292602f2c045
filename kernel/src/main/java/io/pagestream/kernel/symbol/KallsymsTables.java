package io.pagestream.kernel.symbol;

import io.pagestream.images.memory.VmcoreInfo;
import io.pagestream.kernel.memory.VirtualMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Virtual addresses of the tables of kallsyms.
 *
 * @param count number of symbols, at most {@link #MOST_SYMBOLS}
 * @param names the compressed names
 * @param tokenTable the 256 tokens
 * @param tokenIndex offset of each token in the table, 16 bits each
 * @param addresses the possible tables of addresses: the form is found by trying
 */
record KallsymsTables(
    int count, long names, long tokenTable, long tokenIndex, List<AddressTable> addresses) {
  /** A kernel with all symbols has about 250,000. */
  static final int MOST_SYMBOLS = 1 << 20;

  KallsymsTables {
    addresses = List.copyOf(addresses);
  }

  /** The tables by VMCOREINFO, which names them from Linux 6.0 on. */
  static Optional<KallsymsTables> of(VmcoreInfo info, VirtualMemory memory) {
    OptionalLong names = info.symbol("kallsyms_names");
    OptionalLong count = info.symbol("kallsyms_num_syms");
    OptionalLong tokens = info.symbol("kallsyms_token_table");
    OptionalLong index = info.symbol("kallsyms_token_index");
    OptionalLong offsets = info.symbol("kallsyms_offsets");
    if (names.isEmpty()
        || count.isEmpty()
        || tokens.isEmpty()
        || index.isEmpty()
        || offsets.isEmpty()) {
      return Optional.empty();
    }
    long symbols = memory.u32(count.getAsLong());
    if (symbols == 0 || symbols > MOST_SYMBOLS) {
      return Optional.empty();
    }
    List<AddressTable> addresses = new ArrayList<>();
    OptionalLong base = info.symbol("kallsyms_relative_base");
    if (base.isPresent()) {
      fromBase(offsets.getAsLong(), memory.u64(base.getAsLong()), addresses);
    } else {
      addresses.add(new AddressTable(AddressEncoding.FROM_ITSELF, offsets.getAsLong(), 0));
    }
    return Optional.of(
        new KallsymsTables(
            (int) symbols, names.getAsLong(), tokens.getAsLong(), index.getAsLong(), addresses));
  }

  static void fromBase(long start, long base, List<AddressTable> addresses) {
    addresses.add(new AddressTable(AddressEncoding.SIGNED_FROM_BASE, start, base));
    addresses.add(new AddressTable(AddressEncoding.FROM_BASE, start, base));
  }
}
