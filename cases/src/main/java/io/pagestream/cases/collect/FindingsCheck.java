package io.pagestream.cases.collect;

import io.pagestream.cases.sort.SortedFindings;
import io.pagestream.schemas.avro.Stage;
import io.pagestream.schemas.ledger.ImageLedger;
import io.pagestream.schemas.ledger.LedgerProof;
import io.pagestream.schemas.ledger.StageTotals;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * Compares distinct findings with the counts in the receipts of the analyzers and the producer, by
 * image and kind. Every finding belongs to exactly one receipt and is deterministic, so equal
 * numbers prove that none was lost and none was added.
 */
final class FindingsCheck {
  private final SortedFindings findings;
  private final long received;
  private final List<String> problems = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private long missing;

  FindingsCheck(List<ImageLedger> ledgers, SortedFindings findings, long received) {
    this.findings = findings;
    this.received = received;
    for (int image = 0; image < ledgers.size(); image++) {
      compare(ledgers.get(image), findings.byKind(image));
    }
  }

  private void compare(ImageLedger ledger, SortedMap<String, Long> found) {
    StageTotals analyzers = ledger.totals(Stage.ANALYZERS);
    LedgerProof proof = ledger.proof();
    boolean repeated = !analyzers.failures().isEmpty() || !proof.notes().isEmpty();
    SortedMap<String, Long> counted = ledger.findings();
    TreeSet<String> kinds = new TreeSet<>(found.keySet());
    kinds.addAll(counted.keySet());
    for (String kind : kinds) {
      long reported = counted.getOrDefault(kind, 0L);
      long here = found.getOrDefault(kind, 0L);
      if (here < reported) {
        missing += reported - here;
        problems.add(
            "%d of %d findings of kind %s of %s are missing."
                .formatted(reported - here, reported, kind, proof.name()));
      } else if (here > reported) {
        // A run that was analyzed twice may have met its time limit only the second time.
        (repeated ? notes : problems)
            .add(
                "%d findings of kind %s of %s are here, the receipts tell of %d."
                    .formatted(here, kind, proof.name(), reported));
      }
    }
  }

  SortedFindings findings() {
    return findings;
  }

  /** Findings received when this object was created, including copies. */
  long received() {
    return received;
  }

  /** Findings that the receipts count but that have not arrived. */
  long missing() {
    return missing;
  }

  List<String> problems() {
    return problems;
  }

  List<String> notes() {
    return notes;
  }
}
