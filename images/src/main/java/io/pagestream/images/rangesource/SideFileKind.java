package io.pagestream.images.rangesource;

import java.util.List;

/**
 * The kinds of sidecars, in order of trust: Pagestream's JSON was written by the user for this
 * image; iomem is the final state of the running kernel; the Windows lists also come from a kernel,
 * but contain only memory; e820 and EFI are the firmware's information for the kernel.
 */
public enum SideFileKind {
  RANGES("ranges"),
  IOMEM("iomem"),
  WINDOWS_RANGES("windows-ranges"),
  E820("e820"),
  EFI("efi"),
  MTRR("mtrr"),
  PAT("pat");

  private final String word;

  SideFileKind(String word) {
    this.word = word;
  }

  /** Name of the option that names such a file, and of the source in the range map. */
  public String word() {
    return word;
  }

  /** The extension that follows the image's name if the file is next to the image. */
  public List<String> endings() {
    return switch (this) {
      case RANGES -> List.of("ranges.json");
      case MTRR -> List.of("mtrr", "msr");
      case PAT -> List.of("pat", "memtype");
      case IOMEM, WINDOWS_RANGES, E820, EFI -> List.of(word);
    };
  }
}
