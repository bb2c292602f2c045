package io.pagestream.pipeline;

import io.pagestream.analyzers.stage.ReportRules;
import io.pagestream.images.OpenedImage;
import io.pagestream.images.kernelrecord.KernelRecordReader;
import io.pagestream.images.pagetable.PageTableProgress;
import io.pagestream.kernel.KernelEvidence;
import io.pagestream.kernel.evidence.Evidence;
import io.pagestream.producer.stream.ImageEvidence;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.doubt.DoubtReason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The records of a Linux kernel about its system as findings. */
public final class KernelFindings implements ImageEvidence {
  private final ReportRules rules;

  private KernelFindings(ReportRules rules) {
    this.rules = rules;
  }

  /**
   * The findings that a producer publishes.
   *
   * @param reader how images are opened: with {@link KernelRecordReader#OFF} there are none
   * @param rules the kinds that are kept, and the values that are marked
   */
  public static ImageEvidence of(KernelRecordReader reader, ReportRules rules) {
    return reader.equals(KernelRecordReader.OFF) ? ImageEvidence.NONE : new KernelFindings(rules);
  }

  @Override
  public boolean isPublished() {
    return true;
  }

  @Override
  public List<Doubt> read(OpenedImage image, ImageManifest manifest, Consumer<Finding> findings)
      throws InterruptedException {
    Distinct distinct = new Distinct(new EvidenceFindings(manifest, rules), findings);
    List<Doubt> doubts =
        new ArrayList<>(KernelEvidence.read(image, PageTableProgress.NONE, distinct).doubts());
    distinct.doubt().ifPresent(doubts::add);
    return doubts;
  }

  /**
   * Passes each finding on once. Two records with the same id exist only in damaged or forged
   * kernels, for example two processes with one pid and the same open file.
   */
  private static final class Distinct implements Consumer<Evidence> {
    private final EvidenceFindings convert;
    private final Consumer<Finding> findings;
    private final Set<Long> ids = new HashSet<>();
    private long repeated;

    Distinct(EvidenceFindings convert, Consumer<Finding> findings) {
      this.convert = convert;
      this.findings = findings;
    }

    @Override
    public void accept(Evidence record) {
      Optional<Finding> finding = convert.of(record);
      if (finding.isEmpty()) {
        return;
      }
      if (ids.add(HexFormat.fromHexDigitsToLong(finding.get().getFindingId(), 0, 16))) {
        findings.accept(finding.get());
      } else {
        repeated++;
      }
    }

    Optional<Doubt> doubt() {
      return repeated == 0
          ? Optional.empty()
          : Optional.of(
              DoubtReason.KERNEL_LIST_CUT.of(
                  "%,d records repeat others at the same address and were left out; their lists may"
                          .formatted(repeated)
                      + " be damaged"));
    }
  }
}
