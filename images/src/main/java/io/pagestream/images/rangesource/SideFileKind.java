package io.pagestream.images.rangesource;

import java.util.List;

/**
 * What a side file is, in order of trust: our own JSON is what the user wrote for this image; iomem
 * is the running kernel's last word; the Windows lists are a kernel's too, but know only memory;
 * e820 and EFI are what firmware told the kernel before it changed anything.
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

  /** What stands behind the image's name and a dot if the file lies beside the image. */
  public List<String> endings() {
    return switch (this) {
      case RANGES -> List.of("ranges.json");
      case MTRR -> List.of("mtrr", "msr");
      case PAT -> List.of("pat", "memtype");
      case IOMEM, WINDOWS_RANGES, E820, EFI -> List.of(word);
    };
  }
}
