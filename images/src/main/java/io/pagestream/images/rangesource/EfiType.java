package io.pagestream.images.rangesource;

import io.pagestream.schemas.avro.RangeKind;
import java.util.List;
import java.util.Optional;

/**
 * EFI_MEMORY_TYPE (UEFI specification, 7.2.3) with the names that Linux prints
 * (drivers/firmware/efi/efi.c, memory_type_name) and the type of each in its own e820 table
 * (drivers/firmware/efi/libstub/x86-stub.c, setup_e820). The constants are in the order of their
 * numbers, from 0.
 */
enum EfiType {
  RESERVED("Reserved", RangeKind.FIRMWARE_RESERVED, "Reserved"),
  LOADER_CODE("Loader Code", RangeKind.RAM, "Loader Code"),
  LOADER_DATA("Loader Data", RangeKind.RAM, "Loader Data"),
  BOOT_CODE("Boot Code", RangeKind.RAM, "Boot Code"),
  BOOT_DATA("Boot Data", RangeKind.RAM, "Boot Data"),
  RUNTIME_CODE("Runtime Code", RangeKind.FIRMWARE_RESERVED, "Runtime Code"),
  RUNTIME_DATA("Runtime Data", RangeKind.FIRMWARE_RESERVED, "Runtime Data"),
  CONVENTIONAL("Conventional", RangeKind.RAM, "Conventional Memory"),
  UNUSABLE("Unusable", RangeKind.FIRMWARE_RESERVED, "Unusable Memory"),
  ACPI_RECLAIM("ACPI Reclaim", RangeKind.ACPI, "ACPI Reclaim Memory"),
  ACPI_NVS("ACPI Mem NVS", RangeKind.ACPI, "ACPI Memory NVS"),
  MMIO("MMIO", RangeKind.DEVICE, "Memory Mapped I/O"),
  MMIO_PORT("MMIO Port", RangeKind.DEVICE, "MMIO Port Space"),
  PAL_CODE("PAL Code", RangeKind.FIRMWARE_RESERVED, "PAL Code"),
  PERSISTENT("Persistent", RangeKind.PERSISTENT, "Persistent Memory"),
  UNACCEPTED("Unaccepted", RangeKind.RAM, "Unaccepted");

  private static final List<EfiType> BY_NUMBER = List.of(values());

  private final String word;
  private final RangeKind kind;
  private final String oldWord;

  /** The name that Linux prints, the kind of the type, and the name that it printed before 4.19. */
  EfiType(String word, RangeKind kind, String oldWord) {
    this.word = word;
    this.kind = kind;
    this.oldWord = oldWord;
  }

  String word() {
    return word;
  }

  RangeKind kind() {
    return kind;
  }

  /** The type with a number; firmware may have additional numbers. */
  static Optional<EfiType> of(long number) {
    return number >= 0 && number < BY_NUMBER.size()
        ? Optional.of(BY_NUMBER.get((int) number))
        : Optional.empty();
  }

  /** The type with a name, old or new. */
  static Optional<EfiType> named(String name) {
    for (EfiType type : values()) {
      if (name.equalsIgnoreCase(type.word) || name.equalsIgnoreCase(type.oldWord)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
