package io.pagestream.images.rangesource;

import io.pagestream.schemas.avro.RangeKind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The kinds for the names of physical address ranges in Linux's {@code /proc/iomem} and {@code
 * /sys/firmware/memmap} (arch/x86/kernel/e820.c, e820_type_to_string; arch/x86/kernel/setup.c;
 * kernel/resource.c).
 */
final class ResourceNames {
  private static final Map<String, RangeKind> KNOWN =
      Map.ofEntries(
          Map.entry("system ram", RangeKind.RAM),
          // Memory that firmware reserves for a specific purpose (EFI_MEMORY_SP).
          Map.entry("soft reserved", RangeKind.RAM),
          Map.entry("reserved", RangeKind.FIRMWARE_RESERVED),
          Map.entry("unusable memory", RangeKind.FIRMWARE_RESERVED),
          Map.entry("ram buffer", RangeKind.FIRMWARE_RESERVED),
          Map.entry("video rom", RangeKind.FIRMWARE_RESERVED),
          Map.entry("adapter rom", RangeKind.FIRMWARE_RESERVED),
          Map.entry("system rom", RangeKind.FIRMWARE_RESERVED),
          Map.entry("extension rom", RangeKind.FIRMWARE_RESERVED),
          Map.entry("acpi tables", RangeKind.ACPI),
          Map.entry("acpi non-volatile storage", RangeKind.ACPI),
          Map.entry("persistent memory", RangeKind.PERSISTENT),
          Map.entry("persistent memory (legacy)", RangeKind.PERSISTENT),
          Map.entry("unknown e820 type", RangeKind.UNKNOWN));

  /** Drivers that claim only a frame buffer. */
  private static final List<String> FRAME_BUFFERS =
      List.of("vesafb", "efifb", "simplefb", "simple-framebuffer", "bootfb");

  private ResourceNames() {}

  /** The kind that a name means by itself; null if it is not one of the kernel's general names. */
  static @Nullable RangeKind kindOf(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    RangeKind known = KNOWN.get(lower);
    if (known != null) {
      return known;
    }
    if (lower.startsWith("system ram (")) { // "System RAM (kmem)", "System RAM (virtio_mem)"
      return RangeKind.RAM;
    }
    return FRAME_BUFFERS.stream().anyMatch(lower::startsWith) ? RangeKind.FRAME_BUFFER : null;
  }

  /**
   * The kind of a resource within another. Resources inside memory (kernel code, a crash kernel)
   * are memory; resources that the kernel calls reserved inside a device belong to the device; any
   * other name is that of a bus, a device or its driver.
   */
  static RangeKind kindOf(String name, @Nullable RangeKind parent) {
    RangeKind own = kindOf(name);
    boolean plainReserved = name.equalsIgnoreCase("reserved");
    if (parent == RangeKind.DEVICE && plainReserved) {
      return RangeKind.DEVICE;
    }
    if (own != null) {
      return own;
    }
    return parent == null || parent == RangeKind.FIRMWARE_RESERVED || parent == RangeKind.UNKNOWN
        ? RangeKind.DEVICE
        : parent;
  }
}
