package io.pagestream.schemas.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AttendedTimeTest {
  private final AtomicLong nanos = new AtomicLong(17);
  private final AttendedTime time = new AttendedTime(nanos::get, Duration.ofMillis(100));

  @Test
  void timeThatIsReadInStepsCountsInFull() {
    for (int step = 0; step < 10; step++) {
      pass(Duration.ofMillis(100));
    }
    assertThat(time.read()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void timeInWhichTheProcessWasStoppedCountsAsOneStep() {
    pass(Duration.ofMillis(50));
    pass(Duration.ofDays(3));
    assertThat(time.read()).isEqualTo(Duration.ofMillis(150));
  }

  @Test
  void aClockThatGoesBackwardsCountsNothing() {
    pass(Duration.ofMillis(-5));
    assertThat(time.read()).isZero();
  }

  @Test
  void startsAgainFromZero() {
    pass(Duration.ofMillis(50));
    nanos.addAndGet(50);
    time.restart();
    assertThat(time.read()).isZero();
  }

  private void pass(Duration passed) {
    nanos.addAndGet(passed.toNanos());
    var unusedTime = time.read();
  }
}
