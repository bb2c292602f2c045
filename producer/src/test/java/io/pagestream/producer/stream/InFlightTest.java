package io.pagestream.producer.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.schemas.avro.PageReference;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.page.Pages;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
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

  @Test
  void pagesCountWhetherARunHoldsThemOrSaysWhereTheyLie() {
    PageRun run = new PageRun();
    run.setPages(ByteBuffer.allocate(2 * Pages.SIZE));
    run.setLookAhead(ByteBuffer.allocate(512));
    run.setReferences(
        List.of(new PageReference(0, 0L, 2, 3), new PageReference(0, 1L << 20, 9, 1)));
    assertThat(InFlight.bytesOf(run)).isEqualTo(6L * Pages.SIZE + 512);
  }
}
