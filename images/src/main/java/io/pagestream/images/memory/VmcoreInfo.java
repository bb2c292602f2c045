package io.pagestream.images.memory;

import io.pagestream.schemas.text.PrintableText;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The text that a Linux kernel provides for makedumpfile: lines {@code KEY=value}, some with a type
 * around the key, {@code SYMBOL(name)=hex} (Linux Documentation/admin-guide/kdump/vmcoreinfo.rst).
 *
 * @param values the values for the manifest, by key; the whole text is too large for it
 * @param all all values, by key, at most {@link #MOST_VALUES}
 * @param text the whole text, each byte a character; empty if only values are known
 */
public record VmcoreInfo(Map<String, String> values, Map<String, String> all, String text) {
  /** The kernel writes at most a page (4 KiB); hypervisors add a little. */
  public static final int MOST_BYTES = 64 << 10;

  /** Linux 6.12 has under 200. */
  public static final int MOST_VALUES = 1024;

  private static final int LONGEST_VALUE = 200;

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

  /** Copies the map. */
  public VmcoreInfo {
    values = Map.copyOf(values);
    all = Map.copyOf(all);
  }

  /** Only the values for the manifest. */
  public VmcoreInfo(Map<String, String> values) {
    this(values, values, "");
  }

  /** Reads the text; for a repeated key, the last value is used. */
  public static VmcoreInfo of(byte[] text) {
    Map<String, String> values = new HashMap<>();
    Map<String, String> all = new HashMap<>();
    String whole = new String(text, StandardCharsets.ISO_8859_1);
    for (String line : whole.split("\n", -1)) {
      int equals = line.indexOf('=');
      if (equals > 0 && equals <= LONGEST_VALUE && all.size() < MOST_VALUES) {
        String key = line.substring(0, equals);
        String value = PrintableText.of(line.substring(equals + 1), LONGEST_VALUE);
        all.put(key, value);
        if (KEPT.contains(key)) {
          values.put(key, value);
        }
      }
    }
    return new VmcoreInfo(values, all, whole);
  }

  /** Combines this and another; if both contain a key, the other's value is used. */
  public VmcoreInfo and(VmcoreInfo other) {
    Map<String, String> both = new HashMap<>(values);
    both.putAll(other.values);
    Map<String, String> every = new HashMap<>(all);
    every.putAll(other.all);
    return new VmcoreInfo(both, every, other.text.isEmpty() ? text : other.text);
  }

  /** The kernel's release, as {@code uname -r} prints it. */
  public Optional<String> release() {
    return Optional.ofNullable(values.get("OSRELEASE"));
  }

  /** Seconds since 1970 at which the kernel crashed; a dump of a running machine has none. */
  public OptionalLong crashTime() {
    return number("CRASHTIME");
  }

  /** Virtual address of the kernel's own top-level page table. */
  public OptionalLong kernelPageTable() {
    return parsed(values.getOrDefault("SYMBOL(swapper_pg_dir)", ""), 16);
  }

  /**
   * The offset from a virtual address of the kernel's image to the physical one; may be negative.
   */
  public OptionalLong physicalBase() {
    return number("NUMBER(phys_base)");
  }

  /** The bit of a page table entry that marks a page encrypted by AMD's SME; 0 without. */
  public long encryptionMask() {
    return number("NUMBER(sme_mask)").orElse(0);
  }

  /** Whether the kernel uses 5-level paging. */
  public boolean hasFiveLevels() {
    return values.getOrDefault("NUMBER(pgtable_l5_enabled)", "0").equals("1");
  }

  /** The virtual address of a symbol. */
  public OptionalLong symbol(String name) {
    return parsed(all.getOrDefault("SYMBOL(" + name + ")", ""), 16);
  }

  /** A number with a type around it: {@code OFFSET(struct.member)}, {@code SIZE(struct)}. */
  public OptionalLong layout(String key) {
    return parsed(all.getOrDefault(key, ""), 10);
  }

  private OptionalLong number(String key) {
    String text = values.getOrDefault(key, "");
    return text.startsWith("0x") ? parsed(text.substring(2), 16) : parsed(text, 10);
  }

  private static OptionalLong parsed(String text, int radix) {
    try {
      return OptionalLong.of(
          radix == 16 ? Long.parseUnsignedLong(text, radix) : Long.parseLong(text, radix));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
