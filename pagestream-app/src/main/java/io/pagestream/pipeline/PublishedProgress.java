package io.pagestream.pipeline;

import io.pagestream.cases.casefolder.JobProgress;
import io.pagestream.cases.collect.CollectProgress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the progress of a job from time to time, for {@code pagestream status}. */
final class PublishedProgress {
  private static final Logger LOG = LoggerFactory.getLogger(PublishedProgress.class);
  private static final long EVERY_NANOS = Duration.ofSeconds(1).toNanos();

  private final Path scratch;
  private final Instant began = Instant.now();
  private long nextNanos = System.nanoTime();

  PublishedProgress(Path scratch) {
    this.scratch = scratch;
  }

  void publish(CollectProgress progress) {
    if (System.nanoTime() - nextNanos < 0) {
      return;
    }
    nextNanos = System.nanoTime() + EVERY_NANOS;
    try {
      JobProgress.of(progress, began).write(scratch);
    } catch (IOException e) {
      LOG.debug("the progress of the job cannot be written", e); // the job itself goes on
    }
  }
}
