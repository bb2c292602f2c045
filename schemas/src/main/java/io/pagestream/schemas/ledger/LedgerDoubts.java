package io.pagestream.schemas.ledger;

import io.pagestream.schemas.avro.CappedRange;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.avro.Stage;
import io.pagestream.schemas.doubt.DoubtReason;
import java.util.Optional;

/** The doubts that follow from the records of an image. */
final class LedgerDoubts {
  private LedgerDoubts() {}

  static Doubt capped(CappedRange range) {
    return DoubtReason.FINDINGS_CAPPED.of(
        range.getPhysicalAddress(),
        range.getPageCount(),
        "%,d findings were left out: a page keeps only so many of a kind and value; --no-cap keeps all"
            .formatted(range.getFindings()));
  }

  /** Receipts that contradict earlier ones. */
  static Optional<Doubt> contradictions(Stage stage, long receipts) {
    return doubt(
        "receipt-contradicts",
        receipts,
        "%d receipts of %s contradict earlier ones of the same blocks; the first ones hold."
            .formatted(receipts, Words.of(stage)));
  }

  /** Manifests that contradict the first. */
  static Optional<Doubt> manifests(long manifests) {
    return doubt(
        "manifest-contradicts",
        manifests,
        "%d manifests of the image describe another memory map or other runs; the first holds."
            .formatted(manifests));
  }

  /** Receipts that are invalid. */
  static Optional<Doubt> rejected(long receipts) {
    return doubt(
        "receipt-rejected", receipts, "%d receipts of the image are invalid.".formatted(receipts));
  }

  private static Optional<Doubt> doubt(String reason, long count, String message) {
    return count == 0 ? Optional.empty() : Optional.of(new Doubt(reason, 0L, 0L, message));
  }
}
