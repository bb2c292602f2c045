package io.pagestream.cases.casefolder;

import io.pagestream.cases.collect.Recollection;
import io.pagestream.cases.seal.CaseFiles;
import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.RunReceipt;
import io.pagestream.schemas.ledger.ImageLedger;
import io.pagestream.schemas.topic.DeadLetter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A finished case that is opened to be continued, with everything needed to write it again.
 *
 * @param folder the case folder
 * @param facts the job that created it
 * @param notes notes about the job, in sentences
 * @param ledgers the ledgers of the images, in order
 * @param deadLetters failed analyses and rejected records
 * @param exitCode exit code of the job that wrote it
 */
public record ReopenedCase(
    Path folder,
    CaseFacts facts,
    List<String> notes,
    List<ImageLedger> ledgers,
    List<DeadLetter> deadLetters,
    int exitCode) {
  /** Copies its lists. */
  public ReopenedCase {
    notes = List.copyOf(notes);
    ledgers = List.copyOf(ledgers);
    deadLetters = List.copyOf(deadLetters);
  }

  /**
   * Opens a case.
   *
   * @throws io.pagestream.schemas.error.PagestreamException if a file is missing or damaged
   */
  public static ReopenedCase open(Path folder) {
    FactsReader.Read read = FactsReader.read(new CaseFile(folder.resolve(CaseFiles.MANIFEST)));
    Map<String, ImageLedger> ledgers = new LinkedHashMap<>();
    LedgerFile.read(
        folder.resolve(CaseFiles.LEDGER),
        new LedgerFile.Receiver() {
          @Override
          public void manifest(ImageManifest manifest) {
            ImageLedger ledger = new ImageLedger(manifest.getImageId());
            ledger.manifest(manifest);
            ledgers.put(manifest.getImageId(), ledger);
          }

          @Override
          public void receipt(RunReceipt receipt) {
            ImageLedger ledger = ledgers.get(receipt.getImageId());
            if (ledger != null) {
              ledger.receipt(receipt);
            }
          }

          @Override
          public void run(PageRun run) {}
        });
    return new ReopenedCase(
        folder,
        read.facts(),
        read.notes(),
        List.copyOf(ledgers.values()),
        DeadLetterLines.read(new CaseFile(folder.resolve(CaseFiles.DEAD_LETTERS))),
        read.exitCode());
  }

  /** Delivers all findings with all their fields, in order. */
  public void forEachFinding(Consumer<Finding> receiver) {
    FindingLines.forEach(new CaseFile(folder.resolve(CaseFiles.FINDINGS)), receiver);
  }

  /**
   * Passes everything of the case to another one, to which images are added.
   *
   * @throws io.pagestream.schemas.error.PagestreamException if a file is missing or damaged
   */
  public void giveAll(Recollection into) {
    giveAll(into, imageId -> true);
  }

  /** The same for some of its images. */
  public void giveAll(Recollection into, Predicate<String> imageIds) {
    for (ImageLedger ledger : ledgers) {
      if (!imageIds.test(ledger.imageId())) {
        continue;
      }
      into.expect(ledger.imageId());
      ImageManifest manifest = ledger.settledManifest();
      if (manifest != null) {
        into.manifest(manifest);
      }
      ledger.receipts().forEach(into::receipt);
    }
    deadLetters.forEach(into::deadLetter);
    giveRuns(into);
    forEachFinding(into::finding);
  }

  /** Passes all judged runs to a case that already has the manifests. */
  public void giveRuns(Recollection into) {
    LedgerFile.read(
        folder.resolve(CaseFiles.LEDGER),
        new LedgerFile.Receiver() {
          @Override
          public void manifest(ImageManifest manifest) {}

          @Override
          public void receipt(RunReceipt receipt) {}

          @Override
          public void run(PageRun run) {
            into.run(run);
          }
        });
  }
}
