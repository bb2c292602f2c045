package io.pagestream.command;

import io.pagestream.pipeline.StageRuntime;
import io.pagestream.schemas.error.SystemFailure;
import io.pagestream.schemas.temporary.ExitTasks;
import io.pagestream.schemas.temporary.ProcessFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.streams.Topology;
import picocli.CommandLine.Mixin;

/** Common code of the stages that run until they are stopped. */
final class StageService {
  @Mixin private ClusterOptions cluster;

  @Mixin private ThreadsOption threads;

  ClusterOptions cluster() {
    return cluster;
  }

  /** Consumer group of a stage: the name under which all its instances share the work. */
  static String group(String prefix, String stage) {
    return prefix + stage;
  }

  /** Runs until the process is stopped, or the stage fails. */
  void run(String stage, Topology topology, PrintWriter out) throws InterruptedException {
    StageRuntime.Settings settings =
        new StageRuntime.Settings(
            cluster.connection(),
            cluster.prefix(),
            group(cluster.prefix(), stage),
            threads.count(),
            stateDirectory(stage));
    StageRuntime runtime = StageRuntime.start(topology, settings);
    // A signal ends the JVM; the hook releases the partitions in order instead of by time-out.
    var unusedRegistration = ExitTasks.add(ExitTasks.Phase.WORK, runtime::close);
    out.printf("stage %s at work on %s%n", stage, settings.kafka().bootstrapServers());
    out.flush();
    try {
      var unusedCause = runtime.failure().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
    runtime.throwIfFailed();
  }

  private static Path stateDirectory(String stage) {
    try {
      return ProcessFolder.newFolder(stage + "-");
    } catch (IOException e) {
      throw SystemFailure.temporaryFolder("no folder can be created in it", e);
    }
  }
}
