package io.pagestream.analyzers.stage;

import io.pagestream.schemas.avro.Stage;
import io.pagestream.schemas.topic.Topics;
import io.pagestream.stages.image.ImageMemory;
import io.pagestream.stages.image.ImageStores;
import io.pagestream.stages.shell.StageNodes;
import io.pagestream.stages.shell.StageObserver;
import io.pagestream.stages.shell.StageProcessor;
import io.pagestream.stages.shell.TopicNodes;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The analyzers' part of a topology: judged runs in; findings, receipts and dead letters out. Used
 * twice: after the topic {@code mapped-pages} as a separate service, and directly after the
 * mapper's processor in one process.
 */
public final class AnalyzerStage {
  private static final String SOURCE = "mapped-pages";
  private static final String PROCESSOR = "analyzers";

  private AnalyzerStage() {}

  /**
   * Settings of the stage.
   *
   * @param selection the selected analyzers
   * @param timeout processor time that one analyzer may use for one run
   * @param cap the maximum number of findings of a kind for each page
   * @param keepClosed time for which a closed image is remembered
   * @param files source of page bytes to which runs refer
   */
  public record Settings(
      AnalyzerSelection selection,
      Duration timeout,
      FindingCap cap,
      Duration keepClosed,
      PayloadFiles files) {
    /** Processor time that one analyzer may use for one run, unless another is given. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

    /** The same for other analyzers. */
    public Settings with(AnalyzerSelection other) {
      return new Settings(other, timeout, cap, keepClosed, files);
    }

    /** The same with access to image files. */
    public Settings with(PayloadFiles other) {
      return new Settings(selection, timeout, cap, keepClosed, other);
    }

    /** The defaults for a selection. */
    public static Settings of(AnalyzerSelection selection) {
      return new Settings(
          selection,
          DEFAULT_TIMEOUT,
          FindingCap.DEFAULT,
          ImageMemory.KEEP_CLOSED,
          PayloadFiles.NONE);
    }
  }

  /**
   * Names of the following nodes.
   *
   * @param findings receives findings
   * @param receipts receives receipts
   * @param deadLetters receives dead letters
   */
  public record Downstream(String findings, String receipts, String deadLetters) {}

  /**
   * The stage's processor, with its stores.
   *
   * @param keepClosed how long an image's manifest and receipts are kept after its end
   * @param observer receives what the stage does
   */
  public static ProcessorSupplier<byte[], Object, byte[], Object> processor(
      AnalyzerJobs jobs, Duration keepClosed, Downstream downstream, StageObserver observer) {
    StageProcessor.Settings shell =
        new StageProcessor.Settings(
            Stage.ANALYZERS,
            keepClosed,
            false, // an analyzer that has run out of time may still read its run
            new StageNodes(downstream.receipts(), downstream.deadLetters()),
            observer);
    return new ProcessorSupplier<>() {
      @Override
      public Processor<byte[], Object, byte[], Object> get() {
        return new StageProcessor(shell, new AnalyzerWork(jobs, downstream));
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return Set.copyOf(ImageStores.of(Stage.ANALYZERS).builders());
      }
    };
  }

  /**
   * The stage as a service: from {@code mapped-pages} to findings.
   *
   * @param jobs how each image is analyzed
   */
  public static Topology topology(AnalyzerJobs jobs, String topicPrefix) {
    return topology(jobs, topicPrefix, StageObserver.NONE);
  }

  /** The same with an observer. */
  public static Topology topology(AnalyzerJobs jobs, String topicPrefix, StageObserver observer) {
    Downstream downstream = new Downstream("findings", "receipts", "dead-letters");
    Topology topology = new Topology();
    TopicNodes.addSource(topology, SOURCE, Topics.MAPPED_PAGES.name(topicPrefix));
    topology.addProcessor(
        PROCESSOR, processor(jobs, ImageMemory.KEEP_CLOSED, downstream, observer), SOURCE);
    addSinks(topology, downstream, topicPrefix, PROCESSOR);
    return topology;
  }

  /**
   * Adds the sinks after the stage's processor.
   *
   * @param analyzers name of the stage's node
   * @param others other nodes that write receipts and dead letters too
   */
  public static void addSinks(
      Topology topology,
      Downstream downstream,
      String topicPrefix,
      String analyzers,
      String... others) {
    String[] all = Stream.concat(Stream.of(analyzers), Stream.of(others)).toArray(String[]::new);
    TopicNodes.addSink(
        topology, downstream.findings(), Topics.FINDINGS.name(topicPrefix), analyzers);
    TopicNodes.addSink(topology, downstream.receipts(), Topics.RECEIPTS.name(topicPrefix), all);
    TopicNodes.addSink(
        topology, downstream.deadLetters(), Topics.DEAD_LETTERS.name(topicPrefix), all);
  }
}
