package io.pagestream.cases.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.cases.SmallCase;
import io.pagestream.schemas.avro.ImageState;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The remaining time of an image on a cluster. */
final class OpenedTimesTest {
  private final OpenedTimes times = new OpenedTimes();

  private void take(ImageState state, long timestampMs) {
    times.take(SmallCase.manifest(state), timestampMs);
  }

  @Test
  void aResumedImageCountsFromItsFirstProducerAndANewSubmissionFromItsOwn() {
    take(ImageState.OPEN, 1000);
    take(ImageState.OPEN, 5000);
    assertThat(times.times().values()).containsExactly(1000L);
    take(ImageState.CLOSED, 6000);
    assertThat(times.times().values()).containsExactly(1000L);
    take(ImageState.OPEN, 9000);
    assertThat(times.times().values()).containsExactly(9000L);
  }

  @Test
  void theRemainingTimeFollowsFromTheRateSoFar() {
    Duration minute = Duration.ofMinutes(1);
    assertThat(OpenedTimes.left(minute, 250, 1000)).contains(Duration.ofMinutes(3));
    assertThat(OpenedTimes.left(minute, 1000, 1000)).contains(Duration.ZERO);
    assertThat(OpenedTimes.left(minute, 1200, 1000)).contains(Duration.ZERO);
    assertThat(OpenedTimes.left(minute, 0, 1000)).isEmpty();
    assertThat(OpenedTimes.left(minute, 4, 1000)).as("a guess").isEmpty();
    assertThat(OpenedTimes.left(minute, 0, 0)).isEmpty();
    assertThat(OpenedTimes.left(minute.negated(), 250, 1000)).as("clocks differ").isEmpty();
  }
}
