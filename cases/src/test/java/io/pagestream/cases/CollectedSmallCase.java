package io.pagestream.cases;

import io.pagestream.cases.casefolder.CaseFacts;
import io.pagestream.cases.casefolder.CaseFolder;
import io.pagestream.cases.casefolder.WrittenCase;
import io.pagestream.cases.collect.CollectedCase;
import io.pagestream.cases.coverage.ImageCoverage;
import io.pagestream.cases.sort.FindingSorter;
import io.pagestream.cases.verdicts.VerdictStore;
import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.avro.ImageState;
import io.pagestream.schemas.avro.PageStreamRecord;
import io.pagestream.schemas.avro.RunReceipt;
import io.pagestream.schemas.codec.RecordCodec;
import io.pagestream.schemas.ledger.ImageLedger;
import java.util.List;

/** Writes the image of {@link SmallCase} into a case folder, like {@code analyze}. */
public final class CollectedSmallCase {
  private static final RecordCodec<Finding> FINDINGS = new RecordCodec<>(Finding.class);
  private static final RecordCodec<PageStreamRecord> RUNS =
      new RecordCodec<>(PageStreamRecord.class);

  private CollectedSmallCase() {}

  /** Writes the folder. */
  public static WrittenCase write(
      CaseFolder folder, CaseFacts facts, List<RunReceipt> receipts, List<Finding> findings) {
    ImageLedger ledger = new ImageLedger(SmallCase.IMAGE);
    ledger.manifest(SmallCase.manifest(ImageState.CLOSED));
    receipts.forEach(ledger::receipt);
    try (FindingSorter sorter = new FindingSorter(folder.scratch(), 1, 2);
        VerdictStore verdicts = new VerdictStore(folder.scratch(), "verdicts")) {
      findings.forEach(finding -> sorter.add(0, finding, FINDINGS.encode(finding)));
      verdicts.manifest(SmallCase.manifest(ImageState.CLOSED));
      SmallCase.verdicts()
          .forEach(run -> verdicts.add(run, RUNS.encode(new PageStreamRecord(run))));
      return folder.write(
          facts,
          new CollectedCase(
              List.of(ledger),
              sorter.sorted(),
              List.of(verdicts),
              List.of(ImageCoverage.of(ledger, verdicts)),
              List.of(),
              List.of(),
              0,
              List.of(),
              null));
    }
  }
}
