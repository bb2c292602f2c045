package io.pagestream.benchmarks.kernel;

import com.sun.management.OperatingSystemMXBean;
import io.pagestream.images.MemoryImages;
import io.pagestream.images.OpenOptions;
import io.pagestream.images.OpenedImage;
import io.pagestream.images.pagetable.PageTableProgress;
import io.pagestream.kernel.KernelEvidence;
import io.pagestream.kernel.LinuxRecordReader;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Prints the processor time of the whole process, JIT compiler included, for the records of the
 * kernel in an image: first what {@code --kernel-records on} adds to opening it, then the findings.
 * The pass that searches all pages for page tables is made with and without records; it is done
 * before and not counted.
 *
 * <p>Arguments: an image. A process measures once, as a job does.
 */
public final class KernelRecordsCost {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private KernelRecordsCost() {}

  /** Measures. */
  public static void main(String... arguments) throws InterruptedException {
    OpenOptions options = OpenOptions.defaults().withoutFoundSideFiles();
    try (OpenedImage image = MemoryImages.open(List.of(Path.of(arguments[0])), options)) {
      long start = SYSTEM.getProcessCpuTime();
      var unusedMappings = image.mappings(PageTableProgress.NONE);
      long searched = SYSTEM.getProcessCpuTime();
      var records =
          new LinuxRecordReader().read(image.image(), image.search(), PageTableProgress.NONE);
      long read = SYSTEM.getProcessCpuTime();
      AtomicLong found = new AtomicLong();
      KernelEvidence evidence =
          KernelEvidence.read(image, PageTableProgress.NONE, record -> found.incrementAndGet());
      long end = SYSTEM.getProcessCpuTime();
      System.out.printf(
          "search %,d ms, records %,d ms (%d roots), findings %,d ms (%d), doubts %d%n",
          (searched - start) / 1_000_000,
          (read - searched) / 1_000_000,
          records.roots().size(),
          (end - read) / 1_000_000,
          found.get(),
          evidence.doubts().size());
    }
  }
}
