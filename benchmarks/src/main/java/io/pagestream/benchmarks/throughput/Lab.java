package io.pagestream.benchmarks.throughput;

import io.pagestream.analyzers.catalog.AnalyzerCatalog;
import io.pagestream.analyzers.stage.AnalyzerSelection;
import io.pagestream.analyzers.stage.AnalyzerStage;
import io.pagestream.broker.TopicCreation;
import io.pagestream.producer.run.PayloadMode;
import io.pagestream.producer.stream.StreamSettings;
import io.pagestream.schemas.connection.ClientProperties;
import io.pagestream.schemas.connection.KafkaConnection;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * Where a case is measured.
 *
 * @param config Kafka client properties of the broker, which is a process of its own; empty for
 *     none
 * @param brokerPid its process
 * @param image what is streamed
 * @param scratch an existing directory for a case's files
 * @param passes how often the case is measured; the first pass is that of a cold JVM
 */
record Lab(Path config, long brokerPid, Path image, Path scratch, int passes) {
  /** Prefix of the topics that are filled once and read by the stages that are measured. */
  static final String FILLED = "filled.";

  /** As {@code ./pagestream analyze} has it. */
  static final int PARTITIONS = 4;

  private static final long NO_LIMIT = Long.MAX_VALUE;

  /** Work that is measured. */
  @FunctionalInterface
  interface Work {
    void run() throws Exception;
  }

  /** Measures one pass and prints it for the process that started this one. */
  void measure(String name, Work work) throws Exception {
    long self = ProcessHandle.current().pid();
    long broker = brokerCpuNanos();
    long cpu = Usage.cpuNanos(self);
    long began = System.nanoTime();
    work.run();
    long wall = System.nanoTime() - began;
    long used = Usage.cpuNanos(self) - cpu;
    System.out.println(new Pass(name, wall, used, brokerCpuNanos() - broker).line());
  }

  /** How the broker is reached. The secret is in the file, so that no process list shows it. */
  KafkaConnection kafka() {
    ClientProperties properties = ClientProperties.read(config);
    return properties.connectionTo(properties.bootstrapServers().orElseThrow());
  }

  private long brokerCpuNanos() {
    return brokerPid == 0 ? 0 : Usage.cpuNanos(brokerPid);
  }

  /** Makes all topics with a prefix. */
  void createTopics(String prefix) {
    var unusedNames = new TopicCreation(kafka(), prefix, PARTITIONS, (short) 1).create();
  }

  /** How the image is streamed: as by {@code analyze}, but no stage has to keep up with it. */
  StreamSettings streaming(String prefix) {
    return new StreamSettings(
        kafka(),
        prefix,
        StreamSettings.DEFAULT_RUN_PAGES,
        NO_LIMIT,
        "lz4",
        PayloadMode.INLINE,
        false,
        null,
        true,
        false);
  }

  /** Threads of a stage, as {@code ./pagestream} has it. */
  static int threads() {
    return Runtime.getRuntime().availableProcessors();
  }

  /** All analyzers that are on by default. */
  static AnalyzerStage.Settings analyzers() {
    return AnalyzerStage.Settings.of(
        AnalyzerSelection.of(AnalyzerCatalog.all(), Set.of(), Map.of()));
  }
}
