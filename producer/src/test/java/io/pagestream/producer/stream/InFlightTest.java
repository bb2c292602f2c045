package io.pagestream.producer.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Bytes in flight stay bounded, and only the last stage's receipts free them. */
class InFlightTest {
  private static final long SHORT = Duration.ofMillis(20).toNanos();
  private static final long LONG = Duration.ofSeconds(20).toNanos();

  @Test
  void theSenderWaitsAtTheBoundAndGoesOnWhenABlockIsFinished() throws InterruptedException {
    InFlight inFlight = new InFlight(100);
    inFlight.add(0, 60);
    assertThat(inFlight.awaitRoom(SHORT)).isTrue();
    inFlight.add(1, 60);
    assertThat(inFlight.awaitRoom(SHORT)).isFalse();
    CountDownLatch waiting = new CountDownLatch(1);
    Thread stage =
        Thread.ofPlatform()
            .start(() -> {
              waiting.countDown();
              inFlight.finished(0);
            });
    waiting.await();
    assertThat(inFlight.awaitRoom(LONG)).isTrue();
    stage.join();
    assertThat(inFlight.bytes()).isEqualTo(60);
  }

  @Test
  void aReceiptThatComesTwiceOrForAnUnknownBlockFreesNothing() {
    InFlight inFlight = new InFlight(100);
    inFlight.add(7, 10);
    inFlight.add(8, 5);
    inFlight.finished(7);
    inFlight.finished(7);
    inFlight.finished(99);
    assertThat(inFlight.bytes()).isEqualTo(5);
  }
}
