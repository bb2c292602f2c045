package io.pagestream.metrics;

import io.pagestream.cluster.BrokerWatch;
import io.pagestream.pipeline.StageRuntime;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;

/** The state of a stage. Its parts are added when they exist: a stage may wait for its cluster. */
public final class StageProbe implements Probe {
  private volatile @Nullable Running running;

  /** What a stage consists of when it works. */
  private record Running(StageRuntime runtime, BrokerWatch watch) {}

  /** The stage has connected to its cluster and started. */
  public void started(StageRuntime runtime, BrokerWatch watch) {
    running = new Running(runtime, watch);
  }

  @Override
  public Answer health() {
    Running now = running;
    return now == null
        ? new Answer(true, "waiting for the cluster")
        : health(now.runtime().state());
  }

  @Override
  public Answer ready() {
    Running now = running;
    return now == null
        ? new Answer(false, "waiting for the cluster")
        : ready(now.runtime().state(), now.runtime().partitions(), now.watch().isAnswering());
  }

  /** Kafka Streams that has failed does not start again by itself. */
  static Answer health(KafkaStreams.State state) {
    return switch (state) {
      case CREATED, REBALANCING, RUNNING -> new Answer(true, state.name());
      case PENDING_SHUTDOWN, NOT_RUNNING, PENDING_ERROR, ERROR -> new Answer(false, state.name());
    };
  }

  /**
   * An instance without partitions is ready too: other instances have all of them, and it takes
   * over if one of them ends.
   */
  static Answer ready(KafkaStreams.State state, int partitions, boolean answering) {
    if (!answering) {
      return new Answer(false, "no broker answers");
    }
    return new Answer(
        state == KafkaStreams.State.RUNNING, "%s, %d partitions".formatted(state, partitions));
  }
}
