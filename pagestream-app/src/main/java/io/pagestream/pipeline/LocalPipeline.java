package io.pagestream.pipeline;

import io.pagestream.analyzers.stage.AnalyzerStage;
import io.pagestream.analyzers.stage.PayloadFiles;
import io.pagestream.broker.BrokerSettings;
import io.pagestream.broker.EmbeddedBroker;
import io.pagestream.broker.TopicCreation;
import io.pagestream.mapper.stage.MapperOptions;
import io.pagestream.producer.stream.RecordRetirement;
import io.pagestream.schemas.connection.KafkaConnection;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.topic.Topics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A broker and the stages that use it, in this process, for one job. */
public final class LocalPipeline implements AutoCloseable {
  private static final String APPLICATION = "mapper-analyzers";

  private final EmbeddedBroker broker;
  private final List<StageRuntime> instances;
  private final RecordRetirement retirement;
  private boolean closed;

  /**
   * Settings.
   *
   * @param scratch an existing directory for this job
   * @param partitions partitions of the page topics
   * @param threads stream threads of each instance
   * @param instances instances of the stages, each with its own threads
   */
  public record Settings(
      Path scratch,
      int partitions,
      int threads,
      int instances,
      MapperOptions mapper,
      AnalyzerStage.Settings analyzers) {
    /** The same with another scratch directory. */
    Settings in(Path directory) {
      return new Settings(directory, partitions, threads, instances, mapper, analyzers);
    }

    /** The same with files that the analyzers read. */
    Settings with(PayloadFiles files) {
      return new Settings(scratch, partitions, threads, instances, mapper, analyzers.with(files));
    }
  }

  private LocalPipeline(
      EmbeddedBroker broker, List<StageRuntime> instances, RecordRetirement retirement) {
    this.broker = broker;
    this.instances = instances;
    this.retirement = retirement;
  }

  /** Starts the broker, creates the topics, starts the stages. */
  public static LocalPipeline start(Settings settings) {
    String prefix = Topics.DEFAULT_PREFIX;
    EmbeddedBroker broker =
        EmbeddedBroker.start(BrokerSettings.passing(settings.scratch().resolve("broker")));
    try {
      KafkaConnection kafka = broker.connection();
      var unusedNames = new TopicCreation(kafka, prefix, settings.partitions(), (short) 1).create();
      String application = prefix + APPLICATION;
      List<StageRuntime> instances = new ArrayList<>();
      for (int i = 0; i < settings.instances(); i++) {
        instances.add(
            StageRuntime.start(
                OneProcessTopology.of(prefix, settings.mapper(), settings.analyzers()),
                new StageRuntime.Settings(
                    kafka,
                    prefix,
                    application,
                    settings.threads(),
                    settings.scratch().resolve("streams-" + i),
                    (short) 1)));
      }
      String pages = Topics.PAGES.name(prefix);
      return new LocalPipeline(
          broker,
          instances,
          new RecordRetirement(kafka, List.of(new RecordRetirement.Consumed(pages, application))));
    } catch (RuntimeException e) {
      broker.close();
      throw e;
    }
  }

  /** The connection to the broker. */
  public KafkaConnection kafka() {
    return broker.connection();
  }

  /** Current size of the broker's records on disk, in bytes. */
  public long diskBytes() {
    return broker.diskBytes();
  }

  /** Throws if the broker or a stage has failed. */
  public void throwIfFailed() {
    String fault = broker.fault().getNow("");
    if (!fault.isEmpty()) {
      throw PagestreamException.of(
          ErrorCode.BROKER_FAILED,
          "the broker cannot continue: " + fault,
          "check the free space of the disk under --out");
    }
    instances.forEach(StageRuntime::throwIfFailed);
  }

  /** Ends the stages and the broker, and deletes its records; may be called twice. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    retirement.close();
    instances.forEach(StageRuntime::close);
    broker.close();
  }
}
