package io.pagestream.producer.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagestream.producer.run.RunPlan.PlannedRun;
import org.junit.jupiter.api.Test;

class RunPlanTest {
  /** Stretches of 8, 1 and 5 pages in runs of 4. */
  private final RunPlan plan =
      RunPlan.of(new SparseImage(1).with(0, 8).with(100, 1).with(200, 5).extents(), 4);

  @Test
  void runsGoThroughAllStretchesInOrder() {
    assertThat(plan.runCount()).isEqualTo(5);
    assertThat(plan.runPages()).isEqualTo(4);
    assertThat(plan.run(0)).isEqualTo(new PlannedRun(0, 0, 4, false, 4));
    assertThat(plan.run(1)).isEqualTo(new PlannedRun(1, 4 * 4096, 4, true, 0));
    assertThat(plan.run(2)).isEqualTo(new PlannedRun(2, 100 * 4096, 1, false, 0));
    assertThat(plan.run(3)).isEqualTo(new PlannedRun(3, 200 * 4096, 4, false, 1));
    assertThat(plan.run(4)).isEqualTo(new PlannedRun(4, 204 * 4096, 1, true, 0));
  }

  @Test
  void anImageWithoutPagesHasNoRuns() {
    assertThat(RunPlan.of(new SparseImage(1).extents(), 4).runCount()).isZero();
  }

  @Test
  void runsOutsideThePlanAreRefused() {
    assertThatThrownBy(() -> plan.run(-1)).hasMessage("run -1 of 5");
    assertThatThrownBy(() -> plan.run(5)).hasMessage("run 5 of 5");
  }
}
