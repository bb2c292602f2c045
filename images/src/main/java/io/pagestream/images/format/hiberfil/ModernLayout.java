package io.pagestream.images.format.hiberfil;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Offsets of the header ({@code PO_MEMORY_IMAGE}) in Windows 8 and later, from the public symbols
 * as LeechCore and the Vergilius Project list them. Those that change between builds follow from
 * the header's length; those of the restore sets are the same for all later ones.
 *
 * @param length value of {@code LengthSelf}; 0 for any
 * @param wide whether the system is a 64-bit one
 * @param builds builds of Windows with this layout
 * @param bootPage offset of {@code FirstBootRestorePage}
 * @param kernelPage offset of {@code FirstKernelRestorePage}
 * @param kernelPages offset of {@code KernelPagesProcessed}; 0 if unknown
 */
record ModernLayout(
    int length, boolean wide, String builds, int bootPage, int kernelPage, int kernelPages) {
  private static final List<ModernLayout> KNOWN =
      List.of(
          new ModernLayout(0x4d8, true, "26100", 0x68, 0x70, 0x238),
          new ModernLayout(0x448, true, "20348 to 22631", 0x68, 0x70, 0x230),
          new ModernLayout(0x3e0, true, "17763 to 19045", 0x68, 0x70, 0x230),
          new ModernLayout(0x3d8, true, "15063 to 17134", 0x68, 0x70, 0x230),
          new ModernLayout(0x3c8, true, "14393", 0x68, 0x70, 0x220),
          new ModernLayout(0x3b0, true, "10240 to 10586", 0x68, 0x70, 0x218),
          new ModernLayout(0x360, true, "9200 to 9600", 0x60, 0x68, 0x1c8),
          new ModernLayout(0x340, false, "17763 to 19045", 0x50, 0x54, 0x210),
          new ModernLayout(0x338, false, "15063 to 17134", 0x50, 0x54, 0x210),
          new ModernLayout(0x328, false, "14393", 0x50, 0x54, 0x200),
          new ModernLayout(0x310, false, "10240 to 10586", 0x50, 0x54, 0x1f8),
          new ModernLayout(0x2c8, false, "9200 to 9600", 0x50, 0x54, 0x1b0));

  /**
   * Layouts for other lengths, the newest first: the offsets of Windows 10, read as those of
   * Windows 8, would point to the boot set instead of the kernel's.
   */
  private static final List<ModernLayout> OTHERS =
      List.of(
          new ModernLayout(0, true, "", 0x68, 0x70, 0),
          new ModernLayout(0, true, "", 0x60, 0x68, 0),
          new ModernLayout(0, false, "", 0x50, 0x54, 0));

  /** The layouts to try for a header. */
  static List<ModernLayout> of(long lengthSelf) {
    Optional<ModernLayout> known =
        KNOWN.stream().filter(layout -> layout.length == lengthSelf).findFirst();
    return known.isPresent() ? Stream.concat(known.stream(), OTHERS.stream()).toList() : OTHERS;
  }

  /** Offset of {@code PageSize}, u32. */
  int pageSize() {
    return wide ? 0x18 : 0x14;
  }

  /** Offset of {@code SystemTime}, a FILETIME. */
  int time() {
    return wide ? 0x20 : 0x18;
  }

  /** Offset of {@code NumPagesForLoader}, u64. */
  int bootPages() {
    return wide ? 0x58 : 0x48;
  }

  /** Offset of {@code FirstSecureRestorePage}; 0 in layouts without it. */
  int securePage() {
    return wide && kernelPage == 0x70 ? 0x60 : 0;
  }
}
