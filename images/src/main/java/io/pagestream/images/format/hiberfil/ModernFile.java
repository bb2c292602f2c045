package io.pagestream.images.format.hiberfil;

import io.pagestream.images.source.ImageBytes;
import io.pagestream.images.source.LittleEndian;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.doubt.DoubtReason;
import io.pagestream.schemas.page.Pages;
import java.lang.foreign.MemorySegment;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A hibernation file of Windows 8 and later: the header names the first page of each restore set. A
 * layout is used if a chain of compression sets begins where it says.
 */
final class ModernFile {
  private static final int LENGTH = 0xc;
  private static final int HEADER_BYTES = 0x300;

  /** Where the number of the kernel's pages is in all known layouts, and around it. */
  private static final int NUMBERS_START = 0x180;

  private final ImageBytes bytes;
  private final MemorySegment header;
  private final ModernLayout layout;

  private ModernFile(ImageBytes bytes, MemorySegment header, ModernLayout layout) {
    this.bytes = bytes;
    this.header = header;
    this.layout = layout;
  }

  /** Finds the layout; empty if none fits. */
  static Optional<ModernFile> of(ImageBytes bytes) {
    MemorySegment header = MemorySegment.ofArray(new byte[HEADER_BYTES]);
    if (bytes.read(0, header) != HEADER_BYTES) {
      return Optional.empty();
    }
    return ModernLayout.of(LittleEndian.u32(header, LENGTH)).stream()
        .map(layout -> new ModernFile(bytes, header, layout))
        .filter(ModernFile::fits)
        .findFirst();
  }

  private boolean fits() {
    if (LittleEndian.u32(header, layout.pageSize()) != Pages.SIZE) {
      return false;
    }
    // A known length makes the layout certain enough to search for sets behind damaged ones.
    long pages = layout.kernelPages() == 0 ? 0 : LittleEndian.i64(header, layout.kernelPages());
    return kernel()
        .filter(set -> isCount(pages) ? set.isNear(pages) : set.isPresent(Long.MAX_VALUE))
        .isPresent();
  }

  private Optional<RestoreSet> kernel() {
    return set("the kernel's restore set", layout.kernelPage());
  }

  private Optional<RestoreSet> set(String title, int field) {
    long page = word(field);
    boolean possible = page > 0 && page < Pages.frameNumber(Pages.ceil(bytes.length()));
    return possible
        ? Optional.of(new RestoreSet(bytes, layout.wide(), title, Pages.address(page)))
        : Optional.empty();
  }

  private long word(int field) {
    return layout.wide() ? LittleEndian.i64(header, field) : LittleEndian.u32(header, field);
  }

  /** Whether the system is a 64-bit one. */
  boolean wide() {
    return layout.wide();
  }

  /** Adds all pages, and facts. */
  StoredPages pages(Map<String, String> facts, List<String> warnings, List<Doubt> doubts) {
    if (!layout.builds().isEmpty()) {
      facts.put("windows.builds", layout.builds());
    }
    FileTime.of(LittleEndian.i64(header, layout.time())).ifPresent(time -> facts.put("time", time));
    StoredPages stored = new StoredPages(bytes);
    long bootPages = LittleEndian.i64(header, layout.bootPages());
    if (bootPages != 0) {
      addBoot(stored, bootPages, doubts);
    }
    RestoreSet kernel = kernel().orElseThrow();
    kernel.addTo(stored, kernelPages(kernel, doubts), doubts);
    if (layout.securePage() != 0 && word(layout.securePage()) != 0) {
      warnings.add("the pages of Windows' secure kernel (VTL 1) are encrypted and are not read");
    }
    return stored;
  }

  private void addBoot(StoredPages stored, long pages, List<Doubt> doubts) {
    Optional<RestoreSet> boot =
        set("the boot loader's restore set", layout.bootPage()).filter(set -> set.isNear(pages));
    if (boot.isPresent() && isCount(pages)) {
      boot.get().addTo(stored, pages, doubts);
    } else {
      doubts.add(
          DoubtReason.HEADER_CONTRADICTION.of(
              "%s: the restore set of the boot loader (page 0x%x, %d pages by the header) cannot be found: its pages are missing; copy the file again"
                  .formatted(bytes.name(), word(layout.bootPage()), pages)));
    }
  }

  /** The number of pages of the kernel's set. */
  private long kernelPages(RestoreSet kernel, List<Doubt> doubts) {
    if (layout.kernelPages() != 0) {
      long pages = LittleEndian.i64(header, layout.kernelPages());
      if (isCount(pages)) {
        return pages;
      }
    }
    Set<Long> numbers = new HashSet<>();
    for (int at = NUMBERS_START; at + 8 <= HEADER_BYTES; at += 8) {
      numbers.add(LittleEndian.i64(header, at));
    }
    long pages = kernel.measure(numbers);
    if (pages > 0) {
      return pages;
    }
    doubts.add(
        DoubtReason.HEADER_CONTRADICTION.of(
            "%s: the header, of an unknown length (0x%x), does not say how many pages there are: all %,d that follow each other are read; the last may be of an earlier hibernation"
                .formatted(bytes.name(), LittleEndian.u32(header, LENGTH), -pages)));
    return -pages;
  }

  private static boolean isCount(long pages) {
    return pages > 0 && pages <= Pages.frameNumber(Pages.ADDRESS_LIMIT);
  }
}
