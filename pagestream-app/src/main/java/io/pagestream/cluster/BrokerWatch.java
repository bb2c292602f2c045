package io.pagestream.cluster;

import io.pagestream.schemas.clock.AttendedTime;
import io.pagestream.schemas.connection.KafkaConnection;
import io.pagestream.schemas.error.PagestreamException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Notices that no broker of a cluster has answered for too long: Kafka's clients would try again
 * for ever, in silence. Runs on its own thread.
 */
public final class BrokerWatch implements AutoCloseable {
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private final ClusterWait cluster;
  private final KafkaConnection kafka;
  private final Duration most;
  private final Consumer<String> say;
  private final CompletableFuture<PagestreamException> lost = new CompletableFuture<>();
  private final Thread thread;
  private volatile boolean answering = true;

  /**
   * Starts watching.
   *
   * @param most time without an answer after which the cluster counts as lost
   * @param say receives a line when the brokers stop answering, and when they answer again
   */
  public BrokerWatch(
      ClusterWait cluster, KafkaConnection kafka, Duration most, Consumer<String> say) {
    this.cluster = cluster;
    this.kafka = kafka;
    this.most = most;
    this.say = say;
    this.thread =
        Thread.ofPlatform().name("pagestream-broker-watch").daemon().unstarted(this::watch);
    thread.start();
  }

  /** Completes when no broker has answered for too long. */
  public CompletableFuture<PagestreamException> lost() {
    return lost;
  }

  /** Whether a broker has answered the last question. */
  public boolean isAnswering() {
    return answering;
  }

  private void watch() {
    AttendedTime silent = new AttendedTime(INTERVAL.multipliedBy(2));
    try {
      while (!lost.isDone()) {
        Thread.sleep(answering ? INTERVAL : INTERVAL.dividedBy(5));
        boolean now = cluster.isAnswering();
        if (now) {
          silent.restart();
        }
        if (now != answering) {
          say.accept(
              now
                  ? "a broker answers again"
                  : "no broker answers at %s; waiting up to %d s"
                      .formatted(kafka.bootstrapServers(), most.toSeconds()));
          answering = now;
        }
        Duration silence = silent.read();
        if (!now && silence.compareTo(most) >= 0) {
          lost.complete(ClusterWait.unreachable(kafka, silence, "the connection was lost"));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
