package io.pagestream.kernel;

import io.pagestream.images.kernelrecord.KernelRecordReader;
import io.pagestream.images.kernelrecord.KernelRecords;
import io.pagestream.images.memory.MemoryImage;
import io.pagestream.images.memorytype.CacheFacts;
import io.pagestream.images.pagetable.PageSearch;
import io.pagestream.images.pagetable.PageTableProgress;
import io.pagestream.kernel.memory.DamagedRecordException;
import io.pagestream.kernel.memory.PhysicalPages;
import io.pagestream.kernel.memory.ReadBudget;
import io.pagestream.kernel.record.RecordCollector;
import io.pagestream.schemas.doubt.DoubtReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the records of a 64-bit Linux kernel for x86 without a symbol file. A Windows kernel is
 * recognized, but not read.
 */
public final class LinuxRecordReader implements KernelRecordReader {
  private static final String HINT = "kernel-records";

  @Override
  public KernelRecords read(MemoryImage image, PageSearch search, PageTableProgress progress)
      throws InterruptedException {
    Optional<String> foreign = foreign(image);
    if (foreign.isPresent()) {
      return none("not read: the machine is " + foreign.get(), List.of());
    }
    try (PhysicalPages pages = new PhysicalPages(image, new ReadBudget(ReadBudget.DEFAULT))) {
      OpenedKernel opened = OpenedKernel.of(image, pages, search, progress);
      if (opened.kernel().isPresent()) {
        return RecordCollector.of(opened.kernel().get());
      }
      List<String> warnings = new ArrayList<>(opened.warnings());
      boolean windows =
          image.facts().format().equals("crashdump") || search.looksLikeWindows(progress);
      if (windows) {
        warnings.add(
            "the image is of Windows: the cache types in its PFN database (CacheAttribute) are not"
                + " read yet");
      }
      return none(windows ? "not read: Windows" : "none found", warnings);
    } catch (DamagedRecordException e) {
      return new KernelRecords(
          List.of(),
          CacheFacts.NONE,
          List.of(),
          List.of(),
          Map.of(HINT, "given up"),
          List.of(),
          List.of(
              DoubtReason.KERNEL_LIST_CUT.of(
                  "the records of the kernel were given up: %s; ignore them with --kernel-records off"
                      .formatted(e.getMessage()))));
    }
  }

  /** The architecture of an image whose kernel is of another one than is read. */
  static Optional<String> foreign(MemoryImage image) {
    return image.facts().machine().architecture().filter(name -> !name.equals("x86_64"));
  }

  private static KernelRecords none(String why, List<String> warnings) {
    return new KernelRecords(
        List.of(), CacheFacts.NONE, List.of(), List.of(), Map.of(HINT, why), warnings, List.of());
  }
}
