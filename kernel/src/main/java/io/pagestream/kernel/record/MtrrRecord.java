package io.pagestream.kernel.record;

import io.pagestream.images.memorytype.FixedRanges;
import io.pagestream.images.memorytype.MtrrState;
import io.pagestream.images.memorytype.VariableRange;
import io.pagestream.kernel.memory.DamagedRecordException;
import io.pagestream.kernel.memory.VirtualMemory;
import io.pagestream.kernel.type.Layouts;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.memorytype.TypeCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads {@code mtrr_state}, Linux's copy of the MTRRs at boot with later changes
 * (arch/x86/kernel/cpu/mtrr): the registers of the variable ranges, a byte for each fixed range,
 * bits 11:10 of IA32_MTRR_DEF_TYPE as {@code enabled}, and its type.
 */
public final class MtrrRecord {
  private static final String STATE = "mtrr_state_type";
  private static final int FIXED_RANGES_ENABLED = 1;
  private static final int ENABLED = 2;
  private static final int FIXED_REGISTERS = 11;

  private MtrrRecord() {}

  /**
   * The MTRRs; empty if the kernel has none, or they are disabled, as in some virtual machines:
   * then Linux does not use them either.
   *
   * @throws DamagedRecordException if they cannot be read
   */
  public static Optional<MtrrState> read(LinuxKernel kernel) {
    OptionalLong symbol = kernel.requireSymbols().find("mtrr_state");
    Layouts layouts = kernel.requireLayouts();
    if (symbol.isEmpty() || !layouts.has(STATE)) {
      return Optional.empty();
    }
    VirtualMemory memory = kernel.memory();
    long state = symbol.getAsLong();
    int enabled = memory.u8(state + layouts.offset(STATE, "enabled"));
    if ((enabled & ENABLED) == 0) {
      return Optional.empty();
    }
    CacheType type = TypeCode.ofMtrr(memory.u8(state + layouts.offset(STATE, "def_type")));
    Optional<FixedRanges> fixed =
        (enabled & FIXED_RANGES_ENABLED) == 0
            ? Optional.empty()
            : Optional.of(fixed(memory, state + layouts.offset(STATE, "fixed_ranges")));
    OptionalLong tom2 = kernel.requireSymbols().find("mtrr_tom2");
    return Optional.of(
        new MtrrState(
            true,
            type,
            fixed,
            variable(memory, state, layouts),
            tom2.isPresent() ? memory.u64(tom2.getAsLong()) : 0));
  }

  private static FixedRanges fixed(VirtualMemory memory, long start) {
    List<Long> registers = new ArrayList<>();
    for (int i = 0; i < FIXED_REGISTERS; i++) {
      registers.add(memory.u64(start + 8L * i));
    }
    return FixedRanges.of(registers);
  }

  private static List<VariableRange> variable(VirtualMemory memory, long state, Layouts layouts) {
    int size = layouts.size("mtrr_var_range");
    long first = state + layouts.offset(STATE, "var_ranges");
    int count = Math.clamp(layouts.length(STATE, "var_ranges"), 0, MtrrState.MOST_VARIABLE_RANGES);
    List<VariableRange> ranges = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long at = first + (long) i * size;
      long base = register(memory, at, layouts, "base_lo", "base_hi");
      long mask = register(memory, at, layouts, "mask_lo", "mask_hi");
      if ((mask & VariableRange.VALID) != 0) {
        try {
          ranges.add(new VariableRange(base, mask, TypeCode.ofMtrr((int) base & 0xff)));
        } catch (IllegalArgumentException e) {
          throw new DamagedRecordException("the MTRRs are damaged: " + e.getMessage());
        }
      }
    }
    return ranges;
  }

  private static long register(
      VirtualMemory memory, long at, Layouts layouts, String low, String high) {
    return memory.u32(at + layouts.offset("mtrr_var_range", low))
        | (memory.u32(at + layouts.offset("mtrr_var_range", high)) << 32);
  }
}
