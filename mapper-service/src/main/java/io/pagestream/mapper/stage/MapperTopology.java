package io.pagestream.mapper.stage;

import io.pagestream.schemas.avro.Stage;
import io.pagestream.schemas.topic.Topics;
import io.pagestream.stages.image.ImageMemory;
import io.pagestream.stages.image.ImageStores;
import io.pagestream.stages.shell.StageNodes;
import io.pagestream.stages.shell.StageObserver;
import io.pagestream.stages.shell.StageProcessor;
import io.pagestream.stages.shell.TopicNodes;
import java.time.Duration;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;

/**
 * The topology of the mapper: as a separate service, or as one node of a topology that also
 * contains the analyzers.
 */
public final class MapperTopology {
  /** Name of the mapper's node. */
  public static final String MAPPER = "mapper";

  private static final String SOURCE = "pages";
  private static final String PLACE = "same-partition";
  private static final String MAPPED_SINK = "mapped-pages";
  private static final String VERDICTS_SINK = "verdicts";
  private static final String RECEIPTS_SINK = "receipts";
  private static final String DEAD_LETTERS_SINK = "dead-letters";

  private MapperTopology() {}

  /**
   * The mapper as a service: from {@code pages} to {@code mapped-pages}, which must have the same
   * number of partitions. Each image is judged as the job in its manifest demands.
   *
   * @param prefix prefix of all topics' names
   */
  public static Topology service(String prefix) {
    return service(prefix, StageObserver.NONE);
  }

  /** The same with an observer. */
  public static Topology service(String prefix, StageObserver observer) {
    Topology topology = new Topology();
    TopicNodes.addSource(topology, SOURCE, Topics.PAGES.name(prefix));
    addMapper(
        topology,
        SOURCE,
        MapperJobs.OF_THE_IMAGE,
        ImageMemory.KEEP_CLOSED,
        new Downstream(PLACE, VERDICTS_SINK, RECEIPTS_SINK, DEAD_LETTERS_SINK),
        observer);
    topology.addProcessor(PLACE, Placed.Place::new, MAPPER);
    topology.addSink(
        MAPPED_SINK,
        Topics.MAPPED_PAGES.name(prefix),
        new ByteArraySerializer(),
        Placed.serializer(),
        new Placed.SamePartition(),
        PLACE);
    addVerdictsSink(topology, VERDICTS_SINK, prefix);
    TopicNodes.addSink(topology, RECEIPTS_SINK, Topics.RECEIPTS.name(prefix), MAPPER);
    TopicNodes.addSink(topology, DEAD_LETTERS_SINK, Topics.DEAD_LETTERS.name(prefix), MAPPER);
    return topology;
  }

  /**
   * Adds the mapper, as node {@link #MAPPER}, and its stores to a topology. The caller adds the
   * nodes of {@code downstream} with {@link #MAPPER} as a parent.
   *
   * @param parent node that supplies the page stream as bytes
   * @param keepClosed how long an image's manifest and receipts are kept after its end
   * @param observer receives what the mapper does
   */
  public static void addMapper(
      Topology topology,
      String parent,
      MapperJobs jobs,
      Duration keepClosed,
      Downstream downstream,
      StageObserver observer) {
    StageProcessor.Settings shell =
        new StageProcessor.Settings(
            Stage.MAPPER,
            keepClosed,
            true,
            new StageNodes(downstream.receipts(), downstream.deadLetters()),
            observer);
    topology.addProcessor(
        MAPPER, () -> new StageProcessor(shell, new MapperWork(jobs, downstream)), parent);
    ImageStores.of(Stage.MAPPER).builders().forEach(store -> topology.addStateStore(store, MAPPER));
  }

  /**
   * Adds the sink of the mapper's {@linkplain Downstream#verdicts() verdicts}.
   *
   * @param name name of the sink
   * @param prefix prefix of all topics' names
   */
  public static void addVerdictsSink(Topology topology, String name, String prefix) {
    TopicNodes.addSink(topology, name, Topics.VERDICTS.name(prefix), MAPPER);
  }
}
