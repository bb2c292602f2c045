package io.pagestream.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.schemas.ledger.ImageLedger;
import io.pagestream.schemas.ledger.LedgerProof;
import java.util.List;

/** A promise of Pagestream for every job, regardless of interruptions. */
sealed interface Promise {
  /** Fails if the promise was broken. */
  void verify(FinishedCase finished);

  /**
   * Every page of the range map is mapped, overridden, refused, zero, excluded or absent, and no
   * page is two of them. Legal: receipts that arrive twice. Illegal: a block without a receipt, a
   * run counted twice, a sum that differs from the range map.
   */
  record EveryPageAccounted() implements Promise {
    @Override
    public void verify(FinishedCase finished) {
      assertThat(finished.ledgers()).isNotEmpty();
      for (ImageLedger ledger : finished.ledgers()) {
        LedgerProof proof = ledger.proof();
        assertThat(proof.problems()).isEmpty();
        assertThat(proof.accounted()).as(proof.equation()).isEqualTo(proof.rangeMapPages());
        assertThat(proof.rangeMapPages()).isPositive();
      }
    }
  }

  /**
   * The same input results in the same findings, for any run size and any number of partitions,
   * threads, instances and restarts. Legal: a finding that was delivered twice. Illegal: one that
   * is missing, new, or has another content under the same id.
   */
  record SameFindings(FinishedCase reference) implements Promise {
    @Override
    public void verify(FinishedCase finished) {
      assertThat(reference.findings()).isNotEmpty();
      assertThat(finished.findings()).isEqualTo(reference.findings());
    }
  }

  /** Every artifact that was planted is found at exactly its address. */
  record PlantedArtifactsFound(List<PlantedArtifact> planted) implements Promise {
    @Override
    public void verify(FinishedCase finished) {
      assertThat(planted).isNotEmpty();
      assertThat(PlantedArtifact.missing(planted, finished.artifacts())).isEmpty();
    }
  }
}
