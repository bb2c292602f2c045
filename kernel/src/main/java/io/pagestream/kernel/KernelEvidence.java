package io.pagestream.kernel;

import io.pagestream.images.OpenedImage;
import io.pagestream.images.pagetable.PageTableProgress;
import io.pagestream.kernel.evidence.Evidence;
import io.pagestream.kernel.evidence.EvidenceCollector;
import io.pagestream.kernel.memory.DamagedRecordException;
import io.pagestream.kernel.memory.PhysicalPages;
import io.pagestream.kernel.memory.ReadBudget;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.doubt.DoubtReason;
import java.util.List;

/**
 * What the kernel in an image recorded about its system: processes, modules, sockets, open files,
 * mounts, and its log.
 *
 * @param kernel the kernel and how it was found; empty if there is none that can be read
 * @param records the records, by kind
 * @param doubts what is missing
 */
public record KernelEvidence(String kernel, List<Evidence> records, List<Doubt> doubts) {
  /** Copies the lists. */
  public KernelEvidence {
    records = List.copyOf(records);
    doubts = List.copyOf(doubts);
  }

  /**
   * Reads the records of an open image.
   *
   * @throws InterruptedException if the progress listener does
   */
  public static KernelEvidence read(OpenedImage image, PageTableProgress progress)
      throws InterruptedException {
    try (PhysicalPages pages =
        new PhysicalPages(image.image(), new ReadBudget(ReadBudget.DEFAULT))) {
      OpenedKernel opened = OpenedKernel.of(image.image(), pages, image.search(), progress);
      if (opened.kernel().isEmpty()) {
        return new KernelEvidence("", List.of(), List.of());
      }
      EvidenceCollector.Collected collected = EvidenceCollector.of(opened.kernel().get());
      String title =
          "Linux %s, found by %s"
              .formatted(
                  opened.kernel().get().info().release().orElse("of unknown release"),
                  opened.kernel().get().foundBy());
      return new KernelEvidence(title, collected.records(), collected.doubts());
    } catch (DamagedRecordException e) {
      return new KernelEvidence(
          "",
          List.of(),
          List.of(
              DoubtReason.KERNEL_LIST_CUT.of(
                  "the records of the kernel were given up: %s".formatted(e.getMessage()))));
    }
  }
}
