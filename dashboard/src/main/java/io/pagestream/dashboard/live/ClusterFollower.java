package io.pagestream.dashboard.live;

import io.pagestream.cases.collect.CollectSettings;
import io.pagestream.cases.collect.FindingCollector;
import io.pagestream.schemas.connection.KafkaConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Follows all images of a cluster's topics for a {@link LiveCase}, on a separate thread. */
public final class ClusterFollower implements AutoCloseable {
  /** Maximum number of images. */
  private static final int MOST_IMAGES = 1000;

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final FindingCollector collector;
  private final LiveCase live;
  private final Thread thread;
  private volatile boolean stop;

  private ClusterFollower(FindingCollector collector, LiveCase live) {
    this.collector = collector;
    this.live = live;
    this.thread =
        Thread.ofPlatform().name("pagestream-dashboard-follower").daemon().unstarted(this::run);
  }

  /**
   * Starts following, from the beginning of the topics.
   *
   * @param scratch an existing folder for temporary files
   * @throws io.pagestream.schemas.error.PagestreamException if the broker cannot be reached or has
   *     no such topics
   */
  public static ClusterFollower start(
      KafkaConnection kafka, String prefix, Path scratch, LiveCase live) {
    CollectSettings settings =
        new CollectSettings(kafka, prefix, List.of(), Duration.ofDays(1), scratch);
    ClusterFollower follower =
        new ClusterFollower(FindingCollector.ofAllImages(settings, MOST_IMAGES, live), live);
    follower.thread.start();
    return follower;
  }

  private void run() {
    try (collector) {
      collector.follow(() -> stop);
    } catch (RuntimeException e) {
      live.fail(e);
    }
  }

  /** Stops following. */
  @Override
  public void close() {
    stop = true;
    try {
      thread.join(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
