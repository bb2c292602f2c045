package io.pagestream.analyzers.stage;

import static io.pagestream.analyzers.stage.WorkLimit.Verdict.BLOCKED;
import static io.pagestream.analyzers.stage.WorkLimit.Verdict.GO_ON;
import static io.pagestream.analyzers.stage.WorkLimit.Verdict.TIME_OUT;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WorkLimitTest {
  private static final WorkLimit LIMIT = WorkLimit.of(Duration.ofSeconds(30));

  @Test
  void onlyProcessorTimeReachesTheTimeOut() {
    assertThat(LIMIT.judge(Duration.ofSeconds(30), Duration.ofSeconds(30))).isEqualTo(GO_ON);
    assertThat(LIMIT.judge(Duration.ofMillis(30_001), Duration.ofMillis(1))).isEqualTo(TIME_OUT);
  }

  @Test
  void aThreadWithoutProcessorTimeIsBlockedAfterTenTimesTheLimit() {
    assertThat(LIMIT.judge(Duration.ZERO, Duration.ofMinutes(5))).isEqualTo(GO_ON);
    assertThat(LIMIT.judge(Duration.ZERO, Duration.ofMillis(300_001))).isEqualTo(BLOCKED);
  }

  @Test
  void aThreadThatGetsAHundredthOfAProcessorIsStarvedAndNotBlocked() {
    Duration day = Duration.ofHours(24);
    WorkLimit patient = new WorkLimit(day, Duration.ofMinutes(1));
    assertThat(patient.judge(day.dividedBy(100), day)).isEqualTo(GO_ON);
    assertThat(patient.judge(Duration.ofSeconds(1), day)).isEqualTo(BLOCKED);
  }

  @Test
  void aShortTimeOutStillWaitsAMinute() {
    assertThat(WorkLimit.of(Duration.ofSeconds(1)).blocked()).isEqualTo(Duration.ofMinutes(1));
  }
}
