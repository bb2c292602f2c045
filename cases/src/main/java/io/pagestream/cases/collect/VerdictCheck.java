package io.pagestream.cases.collect;

import io.pagestream.cases.verdicts.VerdictStore;
import io.pagestream.cases.verdicts.VerdictTotals;
import io.pagestream.schemas.avro.Stage;
import io.pagestream.schemas.ledger.ImageLedger;
import io.pagestream.schemas.ledger.LedgerProof;
import io.pagestream.schemas.ledger.StageTotals;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares the verdict records with the mapper's receipts, image by image. Each run that a receipt
 * counts has one record; a run that became a dead letter has none.
 */
final class VerdictCheck {
  private VerdictCheck() {}

  /** Runs that the receipts count so far and whose verdicts have not arrived. */
  static long missing(List<ImageLedger> ledgers, List<VerdictStore> verdicts) {
    long missing = 0;
    for (int image = 0; image < ledgers.size(); image++) {
      missing += missing(ledgers.get(image), verdicts.get(image));
    }
    return missing;
  }

  private static long missing(ImageLedger ledger, VerdictStore store) {
    return Math.max(0, ledger.progress(Stage.MAPPER).runs() - store.totals().runs());
  }

  /** Missing and contradictory verdicts, in sentences. */
  static List<String> problems(List<ImageLedger> ledgers, List<VerdictStore> verdicts) {
    List<String> problems = new ArrayList<>();
    for (int image = 0; image < ledgers.size(); image++) {
      check(ledgers.get(image), verdicts.get(image), problems);
    }
    return problems;
  }

  private static void check(ImageLedger ledger, VerdictStore store, List<String> problems) {
    StageTotals mapper = ledger.totals(Stage.MAPPER);
    VerdictTotals reported = store.totals();
    LedgerProof proof = ledger.proof();
    String image = proof.name().isEmpty() ? "image " + ledger.imageId() : proof.name();
    long missing = missing(ledger, store);
    if (store.impossible() > 0) {
      problems.add("%d verdict records of %s are impossible.".formatted(store.impossible(), image));
    }
    if (missing > 0) {
      problems.add(
          "The verdicts on %d of %d runs of %s are missing."
              .formatted(missing, mapper.runs(), image));
    } else if (!reported.agreesWith(mapper)) {
      problems.add(
          "The verdict records of %s tell of other pages than the mapper's receipts: %s."
              .formatted(image, reported));
    }
  }
}
