package io.pagestream.command;

import io.pagestream.cluster.BrokerWatch;
import io.pagestream.cluster.ClusterWait;
import io.pagestream.metrics.MetricsServer;
import io.pagestream.metrics.StageMetrics;
import io.pagestream.metrics.StageProbe;
import io.pagestream.pipeline.StageRuntime;
import io.pagestream.program.Versions;
import io.pagestream.schemas.connection.KafkaConnection;
import io.pagestream.schemas.error.SystemFailure;
import io.pagestream.schemas.temporary.ExitTasks;
import io.pagestream.schemas.temporary.ProcessFolder;
import io.pagestream.schemas.topic.Topic;
import io.pagestream.stages.shell.StageObserver;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.streams.Topology;
import picocli.CommandLine.Mixin;

/** Common code of the stages that run until they are stopped. */
final class StageService {
  @Mixin private ClusterOptions cluster;

  @Mixin private ThreadsOption threads;

  @Mixin private MetricsOptions metricsOptions;

  ClusterOptions cluster() {
    return cluster;
  }

  /** Consumer group of a stage: the name under which all its instances share the work. */
  static String group(String prefix, String stage) {
    return prefix + stage;
  }

  /**
   * Runs until the process is stopped, or the stage fails.
   *
   * @param topology makes the topology, whose work the observer counts
   * @param topics the topics that the stage needs; the first one is its input
   */
  void run(
      String stage, Function<StageObserver, Topology> topology, List<Topic> topics, PrintWriter out)
      throws InterruptedException {
    KafkaConnection kafka = cluster.named();
    Consumer<String> say = line -> say(out, stage, line);
    StageMetrics metrics =
        metricsOptions.isOn() ? new StageMetrics(stage, Versions.pagestream()) : null;
    StageProbe probe = new StageProbe();
    try (MetricsServer _ =
        metrics == null ? null : metricsOptions.start(stage, metrics, probe, say)) {
      say.accept("connecting to " + kafka.bootstrapServers());
      try (ClusterWait wait = ClusterWait.forBroker(kafka, cluster.patience(), say)) {
        short replicas =
            wait.forTopics(topics.stream().map(topic -> topic.name(cluster.prefix())).toList());
        try (BrokerWatch watch = new BrokerWatch(wait, kafka, cluster.patience(), say)) {
          StageObserver observer = metrics == null ? StageObserver.NONE : metrics;
          run(
              stage,
              topology.apply(observer),
              kafka,
              replicas,
              watch,
              say,
              runtime -> {
                probe.started(runtime, watch);
                if (metrics != null) {
                  metrics.consumers(runtime::lagRecords, runtime::partitions);
                }
              });
        }
      }
    }
  }

  private void run(
      String stage,
      Topology topology,
      KafkaConnection kafka,
      short replicas,
      BrokerWatch watch,
      Consumer<String> say,
      Consumer<StageRuntime> started)
      throws InterruptedException {
    StageRuntime.Settings settings =
        new StageRuntime.Settings(
            kafka,
            cluster.prefix(),
            group(cluster.prefix(), stage),
            threads.count(),
            stateDirectory(stage),
            replicas);
    StageRuntime runtime = StageRuntime.start(topology, settings, say);
    runtime.checkRights();
    started.accept(runtime);
    // A signal ends the JVM; the hook releases the partitions in order instead of by time-out.
    var unusedRegistration = ExitTasks.add(ExitTasks.Phase.WORK, runtime::close);
    say.accept("stage %s at work on %s".formatted(stage, kafka.bootstrapServers()));
    try {
      var unusedCause = CompletableFuture.anyOf(runtime.failure(), watch.lost()).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
    runtime.throwIfFailed();
    throw watch.lost().join();
  }

  private static synchronized void say(PrintWriter out, String stage, String line) {
    out.println(stage + ": " + line);
    out.flush();
  }

  private static Path stateDirectory(String stage) {
    try {
      return ProcessFolder.newFolder(stage + "-");
    } catch (IOException e) {
      throw SystemFailure.temporaryFolder("no folder can be created in it", e);
    }
  }
}
