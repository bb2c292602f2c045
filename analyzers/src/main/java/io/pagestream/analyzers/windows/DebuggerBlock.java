package io.pagestream.analyzers.windows;

import io.pagestream.analyzers.records.Artifact;
import io.pagestream.analyzers.records.RecordBytes;
import io.pagestream.analyzers.records.RecordFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The debugger data block of the kernel (_DBGKD_DEBUG_DATA_HEADER64 and KDDEBUGGER_DATA64 of the
 * Windows SDK's wdbgexts.h): list pointers at 0 and 8, {@code KDBG} at 16, size at 20, base of the
 * kernel at 24, list of modules at 72, list of processes at 80. It is readable up to Windows 7 and
 * encoded since.
 */
final class DebuggerBlock {
  static final String KIND = "kdbg";

  /** The tag and a size of 0x200 to 0x3ff bytes. */
  static final RecordFormat FORMAT =
      RecordFormat.withAnchorAt(16, "KDBG.[\\x02\\x03]", 6, DebuggerBlock::describe);

  private static final int MODULES = 72;
  private static final int PROCESSES = 80;
  private static final int LENGTH = 88;

  /** The kernel's half of an address space of 48 bits. */
  private static final long FIRST_KERNEL_64 = 0xffff_8000_0000_0000L;

  private static final long FIRST_KERNEL_32 = 0x8000_0000L;

  private DebuggerBlock() {}

  private static @Nullable Artifact describe(RecordBytes bytes) {
    if (!bytes.has(0, LENGTH)) {
      return null;
    }
    long size = bytes.u32(20);
    long base = bytes.s64(24);
    boolean wide = isKernel(base, true);
    if (size >>> 16 != 0
        || base % 4096 != 0
        || !(wide || isKernel(base, false))
        || !isKernel(bytes.s64(MODULES), wide)
        || !isKernel(bytes.s64(PROCESSES), wide)
        || !hasLinks(bytes, base)) {
      return null;
    }
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("size", Long.toString(size));
    attributes.put("kernel-base", "0x%x".formatted(base));
    attributes.put("module-list", "0x%x".formatted(bytes.s64(MODULES)));
    attributes.put("process-list", "0x%x".formatted(bytes.s64(PROCESSES)));
    String value = "KDBG, kernel at 0x%x".formatted(base);
    return Artifact.binary(KIND, LENGTH, value, attributes);
  }

  /** Addresses of 32-bit kernels are sign-extended, or not extended. */
  private static boolean isKernel(long address, boolean wide) {
    if (wide) {
      return address < 0 && Long.compareUnsigned(address, FIRST_KERNEL_64) >= 0;
    }
    return address >>> 32 == 0 && address >= FIRST_KERNEL_32;
  }

  /** Two pointers of 64 bits, or two of 32 bits and zero. */
  private static boolean hasLinks(RecordBytes bytes, long base) {
    if (isKernel(bytes.s64(0), true) && isKernel(bytes.s64(8), true)) {
      return true;
    }
    boolean narrow = base >> 31 == -1 || base >>> 32 == 0;
    return narrow
        && bytes.u32(0) >= FIRST_KERNEL_32
        && bytes.u32(4) >= FIRST_KERNEL_32
        && bytes.s64(8) == 0;
  }
}
