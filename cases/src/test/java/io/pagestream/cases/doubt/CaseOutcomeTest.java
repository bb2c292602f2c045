package io.pagestream.cases.doubt;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import org.junit.jupiter.api.Test;

final class CaseOutcomeTest {
  @Test
  void onlyACaseWithoutAnyOfThemIsClean() {
    assertThat(new CaseOutcome(0, 0, 0, 0, null).exitCode()).isZero();
    assertThat(new CaseOutcome(0, 0, 0, 0, null).reasons()).isEmpty();
  }

  @Test
  void eachOfThemMakesTheExitCodeOne() {
    assertThat(new CaseOutcome(1, 0, 0, 0, null).exitCode()).isEqualTo(1);
    assertThat(new CaseOutcome(0, 1, 0, 0, null).exitCode()).isEqualTo(1);
    assertThat(new CaseOutcome(0, 0, 1, 0, null).exitCode()).isEqualTo(1);
    assertThat(new CaseOutcome(0, 0, 0, 1, null).exitCode()).isEqualTo(1);
    assertThat(new CaseOutcome(2, 1, 1, 3, null).reasons())
        .isEqualTo("2 doubts, 1 failed image, 1 failed analysis, 3 rejected records");
  }

  @Test
  void aCaseThatDoesNotAddUpHasFailed() {
    PagestreamException failure =
        PagestreamException.of(ErrorCode.LEDGER_DOES_NOT_ADD_UP, "does not add up", "look");
    assertThat(new CaseOutcome(1, 0, 0, 0, failure).exitCode())
        .isEqualTo(failure.code().responsible().exitCode())
        .isGreaterThan(1);
  }
}
