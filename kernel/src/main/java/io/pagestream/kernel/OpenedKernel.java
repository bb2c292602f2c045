package io.pagestream.kernel;

import io.pagestream.images.memory.MemoryImage;
import io.pagestream.images.pagetable.PageSearch;
import io.pagestream.images.pagetable.PageTableProgress;
import io.pagestream.kernel.locate.KernelFinder;
import io.pagestream.kernel.locate.LocatedKernel;
import io.pagestream.kernel.memory.PhysicalPages;
import io.pagestream.kernel.record.LinuxKernel;
import java.util.List;
import java.util.Optional;

/**
 * The kernel of an image.
 *
 * @param kernel the best of the candidates; empty if there is none
 * @param warnings contradictions, in sentences
 */
record OpenedKernel(Optional<LinuxKernel> kernel, List<String> warnings) {
  static OpenedKernel of(
      MemoryImage image, PhysicalPages pages, PageSearch search, PageTableProgress progress)
      throws InterruptedException {
    KernelFinder finder = new KernelFinder(image, pages, search, progress);
    Optional<LinuxKernel> plain = Optional.empty();
    for (LocatedKernel located : finder.find()) {
      LinuxKernel kernel = LinuxKernel.open(located);
      if (kernel.symbols().isPresent()) {
        return new OpenedKernel(Optional.of(kernel), finder.warnings());
      }
      boolean known = located.info().release().isPresent();
      plain = plain.isEmpty() && known ? Optional.of(kernel) : plain;
    }
    return new OpenedKernel(plain, finder.warnings());
  }
}
