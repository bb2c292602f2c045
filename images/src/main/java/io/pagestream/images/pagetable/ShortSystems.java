package io.pagestream.images.pagetable;

import io.pagestream.schemas.page.Pages;
import java.util.List;

/**
 * Recognizes the system that wrote 32-bit or PAE tables by what they map. Only the usual PAT, and
 * the search for further roots, depend on the result.
 */
final class ShortSystems {
  /**
   * Possible values of Linux's PAGE_OFFSET, from which on physical memory is mapped in order
   * (Linux, arch/x86/Kconfig, "Memory split"); the usual one first.
   */
  private static final List<Long> DIRECT_MAPS =
      List.of(0xc000_0000L, 0xb000_0000L, 0x8000_0000L, 0x7800_0000L, 0x4000_0000L);

  /** The part of the direct map that must be complete; a 32-bit Linux does not run with less. */
  private static final long DIRECT_BYTES = 16L << 20;

  /** Windows maps its page directory here without PAE (Windows Internals, "self-map"). */
  private static final long WINDOWS_DIRECTORY = 0xc030_0000L;

  /** With PAE, Windows maps its four page directories from here on. */
  private static final long WINDOWS_PAE_DIRECTORIES = 0xc060_0000L;

  private final TablePages pages;
  private final PagingMode mode;
  private final EntryDecoder decoder;
  private final long[] table;

  ShortSystems(TablePages pages, PagingMode mode) {
    this.pages = pages;
    this.mode = mode;
    this.decoder = new EntryDecoder(mode, 0);
    this.table = new long[mode.entries(1)];
  }

  /**
   * The system.
   *
   * @param roots top-level tables; the first that is recognized decides
   */
  GuestSystem of(List<Long> roots) {
    for (long root : roots) {
      if (isWindows(root)) {
        return GuestSystem.WINDOWS;
      }
      if (DIRECT_MAPS.stream().anyMatch(start -> isDirectMap(root, start))) {
        return GuestSystem.LINUX;
      }
    }
    return GuestSystem.UNKNOWN;
  }

  private boolean isWindows(long root) {
    if (mode == PagingMode.TWO_LEVEL) {
      return isMapped(root, WINDOWS_DIRECTORY, root, 1);
    }
    int directories = mode.entries(mode.levels());
    if (!pages.read(root, directories, mode.entryBytes(), table)) {
      return false;
    }
    long[] top = java.util.Arrays.copyOf(table, directories);
    for (int i = 0; i < directories; i++) {
      long at = WINDOWS_PAE_DIRECTORIES + Pages.address(i);
      if (!EntryDecoder.isPresent(top[i]) || !isMapped(root, at, decoder.tableAddress(top[i]), 1)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether physical memory is mapped from an address on, in order. The first 4 MiB may have gaps:
   * Linux unmaps guard pages there.
   */
  private boolean isDirectMap(long root, long start) {
    long skipped = 4L << 20;
    return isMapped(root, start + skipped, skipped, Pages.frameNumber(DIRECT_BYTES - skipped));
  }

  private boolean isMapped(long root, long virtualAddress, long physicalAddress, long pageCount) {
    List<TranslatedPages> pieces =
        new AddressTranslation(pages, mode, decoder).of(root, virtualAddress, pageCount);
    return pieces.size() == 1
        && pieces.getFirst().isMapped()
        && pieces.getFirst().physicalAddress() == physicalAddress;
  }
}
