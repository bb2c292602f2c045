package io.pagestream.kernel;

import io.pagestream.images.OpenedImage;
import io.pagestream.images.pagetable.PageTableProgress;
import io.pagestream.kernel.evidence.Evidence;
import io.pagestream.kernel.evidence.EvidenceCollector;
import io.pagestream.kernel.memory.DamagedRecordException;
import io.pagestream.kernel.memory.PhysicalPages;
import io.pagestream.kernel.memory.ReadBudget;
import io.pagestream.kernel.record.LinuxKernel;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.doubt.DoubtReason;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What the kernel in an image recorded about its system: processes, modules, sockets, open files,
 * mounts, and its log.
 *
 * @param kernel the kernel and how it was found; empty if there is none that can be read
 * @param doubts what is missing
 */
public record KernelEvidence(String kernel, List<Doubt> doubts) {
  /** Copies the list. */
  public KernelEvidence {
    doubts = List.copyOf(doubts);
  }

  /**
   * Reads the records of an open image.
   *
   * @param receiver receives the records one by one, in an order that depends on the image only
   * @throws InterruptedException if the progress listener does
   */
  public static KernelEvidence read(
      OpenedImage image, PageTableProgress progress, Consumer<Evidence> receiver)
      throws InterruptedException {
    if (LinuxRecordReader.foreign(image.image()).isPresent()) {
      return new KernelEvidence("", List.of());
    }
    try (PhysicalPages pages =
        new PhysicalPages(image.image(), new ReadBudget(ReadBudget.DEFAULT))) {
      Optional<LinuxKernel> found =
          OpenedKernel.of(image.image(), pages, image.search(), progress).kernel();
      if (found.isEmpty()) {
        return new KernelEvidence("", List.of());
      }
      LinuxKernel kernel = found.get();
      List<Doubt> doubts = EvidenceCollector.read(kernel, receiver);
      return new KernelEvidence(
          "Linux %s, found by %s"
              .formatted(kernel.info().release().orElse("of unknown release"), kernel.foundBy()),
          doubts);
    } catch (DamagedRecordException e) {
      return new KernelEvidence(
          "",
          List.of(
              DoubtReason.KERNEL_LIST_CUT.of(
                  "the records of the kernel were given up: %s".formatted(e.getMessage()))));
    }
  }
}
