package io.pagestream.cases.verify;

import io.pagestream.cases.casefolder.ReopenedCase;
import io.pagestream.cases.casefolder.StoredCase;
import io.pagestream.cases.casefolder.StoredImage;
import io.pagestream.cases.seal.CaseFiles;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.ledger.ImageLedger;
import io.pagestream.schemas.ledger.LedgerProof;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Adds up the receipts in {@code ledger.bin} and compares the sums with the manifest. */
final class LedgerCheck {
  private LedgerCheck() {}

  static void run(Path folder, StoredCase stored, Report report) {
    Map<String, ImageLedger> ledgers = new TreeMap<>();
    try {
      ReopenedCase.open(folder).ledgers().forEach(ledger -> ledgers.put(ledger.imageId(), ledger));
    } catch (PagestreamException e) {
      report.differs(CaseFiles.LEDGER, "cannot be read: " + e.getMessage());
      return;
    }
    int before = report.count(CaseFiles.LEDGER);
    for (StoredImage image : stored.images()) {
      ImageLedger ledger = ledgers.remove(image.imageId());
      if (ledger != null) {
        compare(image, ledger, report);
      } else if (image.pages("rangeMapPages") > 0) {
        report.differs(CaseFiles.LEDGER, "has no receipts of " + image.name());
      }
    }
    for (String imageId : ledgers.keySet()) {
      report.differs(CaseFiles.LEDGER, "has receipts of " + imageId + ", which the case has not");
    }
    if (report.count(CaseFiles.LEDGER) == before) {
      report.holds("receipts", "added up again, they are what the manifest says");
    }
  }

  private static void compare(StoredImage image, ImageLedger ledger, Report report) {
    LedgerProof proof = ledger.proof();
    Map<String, Long> pages =
        Map.of(
            "mapped", proof.mapped(),
            "overridden", proof.overridden(),
            "refused", proof.refused(),
            "zero", proof.zero(),
            "excluded", proof.excluded(),
            "absent", proof.absent(),
            "rangeMapPages", proof.rangeMapPages());
    new TreeMap<>(pages)
        .forEach((part, count) -> {
          if (image.pages(part) != count) {
            report.differs(
                CaseFiles.LEDGER,
                "%s: the receipts count %,d %s pages, the manifest says %,d"
                    .formatted(image.name(), count, part, image.pages(part)));
          }
        });
    if (!ledger.findings().equals(image.receiptFindings())) {
      report.differs(
          CaseFiles.LEDGER,
          image.name() + ": the receipts count other findings by kind than the manifest says");
    }
  }
}
