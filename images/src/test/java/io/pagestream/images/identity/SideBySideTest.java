package io.pagestream.images.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The reading that is ahead waits for the other; a reading that has ended delays nothing. */
@Timeout(60)
class SideBySideTest {
  private static final long LEAD = 100;
  private static final long TOTAL = 10_000;

  private final SideBySide readings = new SideBySide(LEAD);
  private final AtomicLong hashed = new AtomicLong();
  private final AtomicLong searched = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();

  @BeforeEach
  void begin() {
    readings.hashingBegins(TOTAL);
  }

  @Test
  void neitherIsEverFurtherAheadThanTheLead() throws Exception {
    Thread hashing = start(this::hash);
    Thread search = start(this::search);
    hashing.join();
    search.join();
    assertThat(hashed).hasValue(TOTAL);
    assertThat(searched).hasValue(TOTAL);
  }

  private void hash() throws InterruptedException {
    for (long bytes = 10; bytes <= TOTAL; bytes += 10) {
      readings.hashed(bytes);
      hashed.set(bytes);
      // What the other has done is seen at once or later, never more of it than there is.
      assertThat(bytes - searchedAtMost()).isLessThanOrEqualTo(LEAD);
    }
    readings.hashingEnded();
  }

  private long searchedAtMost() {
    return searched.get() + 25; // a batch is reported before it is counted here
  }

  private void search() throws InterruptedException {
    for (long pages = 1; pages <= TOTAL / 25; pages++) {
      readings.searched(pages, TOTAL / 25);
      searched.set(pages * 25);
      assertThat(pages * 25 - hashed.get() - 10).isLessThanOrEqualTo(LEAD);
    }
    readings.searchEnded();
  }

  @Test
  void hashingGoesOnWhenTheSearchEnds() throws Exception {
    Thread hashing = start(() -> readings.hashed(TOTAL));
    readings.searchEnded();
    hashing.join();
  }

  @Test
  void theSearchGoesOnWhenHashingEnds() throws Exception {
    Thread search = start(() -> readings.searched(1, 1));
    readings.hashingEnded();
    search.join();
  }

  @Test
  void theSearchDoesNotWaitForHashingThatHasNotBegun() throws Exception {
    new SideBySide(LEAD).searched(1, 1);
  }

  @Test
  void aReadingThatWaitsCanBeInterrupted() throws Exception {
    Thread hashing =
        Thread.ofPlatform()
            .start(() -> {
              try {
                readings.hashed(TOTAL);
              } catch (InterruptedException e) {
                hashed.set(-1);
              }
            });
    hashing.interrupt();
    hashing.join();
    assertThat(hashed).hasValue(-1);
  }

  private interface Reading {
    void run() throws InterruptedException;
  }

  private Thread start(Reading reading) {
    return Thread.ofPlatform()
        .uncaughtExceptionHandler((thread, e) -> failures.incrementAndGet())
        .start(() -> {
          try {
            reading.run();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  @AfterEach
  void noAssertionFailedOnAThread() {
    assertThat(failures).hasValue(0);
  }
}
