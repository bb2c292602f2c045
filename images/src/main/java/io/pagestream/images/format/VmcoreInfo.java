package io.pagestream.images.format;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;

/**
 * The text that a Linux kernel leaves for makedumpfile: lines {@code KEY=value}, some with a type
 * around the key, {@code SYMBOL(name)=hex} (Linux Documentation/admin-guide/kdump/vmcoreinfo.rst).
 */
public final class VmcoreInfo {
  /** The kernel writes at most a page (4 KiB); hypervisors add a little. */
  public static final int MOST_BYTES = 64 << 10;

  private static final int LONGEST_VALUE = 200;

  /** What later stages can use; a manifest is no place for all of it. */
  private static final Set<String> KEPT =
      Set.of(
          "OSRELEASE",
          "BUILD-ID",
          "PAGESIZE",
          "KERNELOFFSET",
          "CRASHTIME",
          "SYMBOL(swapper_pg_dir)",
          "SYMBOL(init_uts_ns)",
          "SYMBOL(_stext)",
          "NUMBER(phys_base)",
          "NUMBER(sme_mask)",
          "NUMBER(pgtable_l5_enabled)",
          "NUMBER(KERNEL_IMAGE_SIZE)");

  private VmcoreInfo() {}

  /** Adds {@code vmcoreinfo.KEY} hints, and {@code kernel.release}. */
  public static void addHints(byte[] text, Map<String, String> hints) {
    hints.put("vmcoreinfo", "present");
    for (String line : new String(text, StandardCharsets.ISO_8859_1).split("\n", -1)) {
      int equals = line.indexOf('=');
      if (equals > 0 && KEPT.contains(line.substring(0, equals))) {
        String value = printable(line.substring(equals + 1));
        hints.put("vmcoreinfo." + line.substring(0, equals), value);
        if (line.startsWith("OSRELEASE=")) {
          hints.put("kernel.release", value);
        }
      }
    }
  }

  /** Text from an image, fit for a terminal. */
  public static String printable(String text) {
    String cut = text.length() > LONGEST_VALUE ? text.substring(0, LONGEST_VALUE) : text;
    return cut.replaceAll("[^ -~]", "?");
  }
}
