package io.pagestream.benchmarks.throughput;

import io.pagestream.analyzers.stage.AnalyzerStage;
import io.pagestream.mapper.stage.MapperTopology;
import io.pagestream.pipeline.StageRuntime;
import io.pagestream.schemas.avro.ImageClosed;
import io.pagestream.schemas.avro.RunReceipt;
import io.pagestream.schemas.avro.Stage;
import io.pagestream.schemas.codec.RecordCodec;
import io.pagestream.schemas.topic.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.Topology;

/**
 * A stage that runs on Kafka Streams, alone, on topics that have been filled before. A pass is a
 * stage started again, under a consumer group of its own, until its receipts cover the whole image;
 * joining the group is part of it.
 */
final class StageCase {
  private static final Duration POLL = Duration.ofMillis(50);

  /** How long no receipt may come before the case is given up. */
  private static final Duration STALL = Duration.ofMinutes(5);

  private StageCase() {}

  /** Fills {@code pages} and {@code mapped-pages}. */
  static void fill(Lab lab) throws Exception {
    lab.createTopics(Lab.FILLED);
    ImageClosed closed = ProducerCase.stream(lab, Lab.FILLED);
    pass(lab, Stage.MAPPER, mapper(), "fill", closed.getRunCount());
    System.out.println("runs\t" + closed.getRunCount());
  }

  /** The mapper alone; {@code mapped-pages} then holds another copy for each pass. */
  static void runMapper(Lab lab, long runs) throws Exception {
    for (int pass = 0; pass < lab.passes(); pass++) {
      String group = "mapper-" + pass;
      lab.measure("mapper", () -> pass(lab, Stage.MAPPER, mapper(), group, runs));
    }
  }

  /** The analyzers alone. */
  static void runAnalyzers(Lab lab, long runs) throws Exception {
    for (int pass = 0; pass < lab.passes(); pass++) {
      String group = "analyzers-" + pass;
      AnalyzerStage.Settings settings = Lab.analyzers();
      Topology topology = AnalyzerStage.topology(manifest -> settings, Lab.FILLED);
      lab.measure("analyzers", () -> pass(lab, Stage.ANALYZERS, topology, group, runs));
    }
  }

  private static Topology mapper() {
    return MapperTopology.service(Lab.FILLED);
  }

  private static void pass(Lab lab, Stage stage, Topology topology, String group, long runs)
      throws Exception {
    Path state = Files.createTempDirectory(lab.scratch(), group);
    StageRuntime.Settings settings =
        new StageRuntime.Settings(
            lab.kafka(), Lab.FILLED, Lab.FILLED + group, Lab.threads(), state, (short) 1);
    try (TopicReader receipts = new TopicReader(lab.kafka(), Topics.RECEIPTS.name(Lab.FILLED))) {
      receipts.toEnd();
      try (StageRuntime runtime = StageRuntime.start(topology, settings)) {
        await(receipts, runtime, stage, runs);
      }
    }
  }

  private static void await(TopicReader receipts, StageRuntime runtime, Stage stage, long runs) {
    RecordCodec<RunReceipt> codec = new RecordCodec<>(RunReceipt.class);
    Map<Long, Integer> runsOfBlock = new HashMap<>();
    long moved = System.nanoTime();
    while (runsOfBlock.values().stream().mapToLong(Integer::longValue).sum() < runs) {
      runtime.throwIfFailed();
      for (var record : receipts.consumer().poll(POLL)) {
        RunReceipt receipt = codec.decode(record.value(), null);
        if (receipt.getStage() == stage) {
          runsOfBlock.merge(receipt.getBlock(), receipt.getRuns(), Integer::max);
          moved = System.nanoTime();
        }
      }
      if (System.nanoTime() - moved > STALL.toNanos()) {
        throw new IllegalStateException(
            stage + " has finished nothing for " + STALL.toSeconds() + " s");
      }
    }
  }
}
