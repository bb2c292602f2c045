package io.pagestream.kernel.locate;

import io.pagestream.images.memory.MachineFacts;
import io.pagestream.images.memory.MemoryImage;
import io.pagestream.images.memory.ProcessorState;
import io.pagestream.images.memory.VmcoreInfo;
import io.pagestream.images.pagetable.PageSearch;
import io.pagestream.images.pagetable.PageTableProgress;
import io.pagestream.images.pagetable.PagingMode;
import io.pagestream.kernel.memory.PhysicalPages;
import io.pagestream.kernel.memory.VirtualMemory;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Finds the Linux kernel of an image: by the VMCOREINFO of the container, by the kernel's own copy
 * in memory, or by page tables that map a kernel's image. What is found in memory can be forged, so
 * it must be consistent: the kernel's top-level table maps itself where VMCOREINFO claims it is.
 */
public final class KernelFinder {
  /** Tables of processes share the kernel's half, so the first few suffice. */
  private static final int MOST_ROOTS = 16;

  private static final VmcoreInfo NO_INFO = new VmcoreInfo(Map.of());
  private static final int LAST_ENTRY = 511 * Long.BYTES;
  private static final long ENTRY_ADDRESS = 0x000f_ffff_ffff_f000L;

  private final MemoryImage image;
  private final PhysicalPages pages;
  private final PageSearch search;
  private final PageTableProgress progress;
  private final List<String> warnings = new ArrayList<>();

  /** A finder for one image. */
  public KernelFinder(
      MemoryImage image, PhysicalPages pages, PageSearch search, PageTableProgress progress) {
    this.image = image;
    this.pages = pages;
    this.search = search;
    this.progress = progress;
  }

  /** Contradictions, in sentences. */
  public List<String> warnings() {
    return warnings;
  }

  /**
   * The kernels to try, the most trusted first; at most {@link #MOST_ROOTS}.
   *
   * @throws InterruptedException if the progress listener does
   */
  public List<LocatedKernel> find() throws InterruptedException {
    Optional<VmcoreInfo> given = image.facts().machine().vmcoreInfo();
    if (given.isPresent()) {
      Optional<LocatedKernel> kernel = opened(given.get(), "VMCOREINFO of the container");
      if (kernel.isPresent()) {
        return List.of(kernel.get());
      }
    }
    List<LocatedKernel> inMemory = inMemory();
    return inMemory.isEmpty() && warnings.isEmpty() ? byShape() : inMemory;
  }

  private List<LocatedKernel> inMemory() throws InterruptedException {
    List<LocatedKernel> kernels = new ArrayList<>();
    for (long page : search.vmcoreInfoPages(progress)) {
      byte[] text = new byte[Pages.SIZE];
      if (pages.copy(page, text, 0, text.length)) {
        opened(VmcoreInfo.of(upToNul(text)), "VMCOREINFO in memory at 0x%x".formatted(page))
            .filter(kernel -> kernels.stream().noneMatch(other -> isSame(other, kernel)))
            .ifPresent(kernels::add);
      }
    }
    if (kernels.size() <= 1) {
      return kernels;
    }
    List<LocatedKernel> running = kernels.stream().filter(this::isRunning).toList();
    if (running.size() == 1) {
      return running;
    }
    warnings.add(
        "the image contains %d kernels by VMCOREINFO, and no processor state decides between them:"
                .formatted(kernels.size())
            + " the records of none are read");
    return List.of();
  }

  private static boolean isSame(LocatedKernel one, LocatedKernel other) {
    return one.memory().root() == other.memory().root();
  }

  /** Whether a processor's tables share the kernel's image with the kernel's own. */
  private boolean isRunning(LocatedKernel kernel) {
    long own = pages.entryAt(kernel.memory().root() + LAST_ENTRY) & ENTRY_ADDRESS;
    return image.facts().machine().processors().stream()
        .map(ProcessorState::cr3)
        .anyMatch(cr3 -> (pages.entryAt(Pages.floor(cr3) + LAST_ENTRY) & ENTRY_ADDRESS) == own);
  }

  private Optional<LocatedKernel> opened(VmcoreInfo info, String foundBy)
      throws InterruptedException {
    OptionalLong table = info.kernelPageTable();
    if (table.isEmpty() || !LocatedKernel.isInImage(table.getAsLong())) {
      return Optional.empty();
    }
    OptionalLong base = info.physicalBase();
    if (base.isPresent()) {
      return opened(
          info,
          table.getAsLong(),
          table.getAsLong() - LocatedKernel.IMAGE_START + base.getAsLong(),
          foundBy);
    }
    // Before Linux 4.10 VMCOREINFO has no phys_base: any process's tables lead to the kernel's.
    for (long root : search.linuxRoots(MOST_ROOTS, progress)) {
      long own = memory(root, PagingMode.FOUR_LEVEL, info).translate(table.getAsLong());
      Optional<LocatedKernel> kernel = opened(info, table.getAsLong(), own, foundBy);
      if (kernel.isPresent()) {
        return kernel;
      }
    }
    return Optional.empty();
  }

  private Optional<LocatedKernel> opened(VmcoreInfo info, long table, long root, String foundBy) {
    if (root < 0 || root >= Pages.ADDRESS_LIMIT || Pages.floor(root) != root) {
      return Optional.empty();
    }
    VirtualMemory memory =
        memory(root, info.hasFiveLevels() ? PagingMode.FIVE_LEVEL : PagingMode.FOUR_LEVEL, info);
    return memory.translate(table) == root
        ? Optional.of(new LocatedKernel(memory, info, foundBy))
        : Optional.empty();
  }

  private VirtualMemory memory(long root, PagingMode mode, VmcoreInfo info) {
    return new VirtualMemory(pages, mode, info.encryptionMask(), root);
  }

  /** Tables under which something is mapped where Linux maps its image. */
  private List<LocatedKernel> byShape() throws InterruptedException {
    List<LocatedKernel> kernels = new ArrayList<>();
    List<Long> roots = new ArrayList<>();
    MachineFacts machine = image.facts().machine();
    machine.processors().forEach(processor -> roots.add(Pages.floor(processor.cr3())));
    roots.addAll(search.linuxRoots(MOST_ROOTS, progress));
    for (long root : roots.stream().distinct().limit(MOST_ROOTS).toList()) {
      for (PagingMode mode : List.of(PagingMode.FOUR_LEVEL, PagingMode.FIVE_LEVEL)) {
        VirtualMemory memory = memory(root, mode, NO_INFO);
        long first = memory.nextMapped(LocatedKernel.IMAGE_START, LocatedKernel.IMAGE_END);
        if (LocatedKernel.isInImage(first)) {
          kernels.add(new LocatedKernel(memory, NO_INFO, "page tables at 0x%x".formatted(root)));
        }
      }
    }
    return kernels;
  }

  private static byte[] upToNul(byte[] text) {
    int length = 0;
    while (length < text.length && text[length] != 0) {
      length++;
    }
    return java.util.Arrays.copyOf(text, length);
  }
}
