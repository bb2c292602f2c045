package io.pagestream.pipeline;

import io.pagestream.analyzers.stage.AnalyzerStage;
import io.pagestream.mapper.stage.Downstream;
import io.pagestream.mapper.stage.MapperOptions;
import io.pagestream.mapper.stage.MapperTopology;
import io.pagestream.schemas.topic.Topics;
import io.pagestream.stages.shell.StageObserver;
import io.pagestream.stages.shell.TopicNodes;
import org.apache.kafka.streams.Topology;

/**
 * Mapper and analyzers in one topology: judged runs go from one processor to the next by a call,
 * and page bytes cross the broker once instead of twice. Built from the same two processors as the
 * services.
 */
public final class OneProcessTopology {
  private static final String SOURCE = "pages";
  private static final String ANALYZERS = "analyzers";
  private static final String FINDINGS = "findings";
  private static final String VERDICTS = "verdicts";
  private static final String RECEIPTS = "receipts";
  private static final String DEAD_LETTERS = "dead-letters";

  private OneProcessTopology() {}

  /** From the topic {@code pages} to findings. */
  public static Topology of(
      String topicPrefix, MapperOptions mapper, AnalyzerStage.Settings analyzers) {
    AnalyzerStage.Downstream behindAnalyzers =
        new AnalyzerStage.Downstream(FINDINGS, RECEIPTS, DEAD_LETTERS);
    Topology topology = new Topology();
    TopicNodes.addSource(topology, SOURCE, Topics.PAGES.name(topicPrefix));
    MapperTopology.addMapper(
        topology,
        SOURCE,
        manifest -> mapper,
        mapper.keepClosed(),
        new Downstream(ANALYZERS, VERDICTS, RECEIPTS, DEAD_LETTERS),
        StageObserver.NONE);
    MapperTopology.addVerdictsSink(topology, VERDICTS, topicPrefix);
    topology.addProcessor(
        ANALYZERS,
        AnalyzerStage.processor(
            manifest -> analyzers, analyzers.keepClosed(), behindAnalyzers, StageObserver.NONE),
        MapperTopology.MAPPER);
    AnalyzerStage.addSinks(
        topology, behindAnalyzers, topicPrefix, ANALYZERS, MapperTopology.MAPPER);
    return topology;
  }
}
