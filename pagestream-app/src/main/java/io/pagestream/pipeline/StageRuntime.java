package io.pagestream.pipeline;

import io.pagestream.schemas.connection.ClusterFailure;
import io.pagestream.schemas.connection.KafkaConnection;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.LogAndContinueExceptionHandler;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/** A stage, or two in one topology, running on Kafka Streams in this process. */
public final class StageRuntime implements AutoCloseable {
  /** Committed often, because committed records are deleted from the broker's disk. */
  private static final int COMMIT_INTERVAL_MS = 1000;

  /** Time after which the partitions of a failed instance are reassigned; the default is 45 s. */
  private static final int SESSION_TIMEOUT_MS = 10_000;

  /** Runs are large: a few of them are enough to keep a thread busy. */
  private static final int RECORDS_AHEAD = 16;

  private static final int FETCH_BYTES = 8 * 1024 * 1024;
  private static final int BATCH_BYTES = 1024 * 1024;
  private static final int MAX_POLL_INTERVAL_MS = (int) Duration.ofMinutes(30).toMillis();

  /** {@code KafkaStreams.close()} without a limit has been seen to hang. */
  private static final Duration CLOSE = Duration.ofSeconds(10);

  private final KafkaStreams streams;
  private final String name;
  private final CompletableFuture<Throwable> failure = new CompletableFuture<>();

  /**
   * Settings of a stage.
   *
   * @param kafka the cluster
   * @param topicPrefix prefix of all topic names
   * @param applicationId consumer group and prefix of internal topics
   * @param threads stream threads
   * @param stateDirectory directory for Kafka Streams' bookkeeping; no page data goes there
   * @param replicas replicas of internal topics; as many as the stage's input has
   */
  public record Settings(
      KafkaConnection kafka,
      String topicPrefix,
      String applicationId,
      int threads,
      Path stateDirectory,
      short replicas) {}

  private StageRuntime(KafkaStreams streams, String name) {
    this.streams = streams;
    this.name = name;
  }

  /** Starts a topology. */
  public static StageRuntime start(Topology topology, Settings settings) {
    return start(topology, settings, line -> {});
  }

  /**
   * Starts a topology.
   *
   * @param say receives a line whenever the partitions that this instance works on have changed
   */
  public static StageRuntime start(Topology topology, Settings settings, Consumer<String> say) {
    StageRuntime runtime =
        new StageRuntime(
            new KafkaStreams(topology, properties(settings)), settings.applicationId());
    runtime.streams.setStateListener((now, before) -> {
      if (now == KafkaStreams.State.RUNNING) {
        say.accept(Assignment.of(runtime.streams.metadataForLocalThreads()));
      } else if (now == KafkaStreams.State.REBALANCING) {
        say.accept("waiting for an assignment of partitions");
      }
    });
    runtime.streams.setUncaughtExceptionHandler(exception -> {
      runtime.failure.complete(exception);
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    });
    runtime.streams.start();
    return runtime;
  }

  private static Properties properties(Settings settings) {
    Properties config = new Properties();
    config.putAll(settings.kafka().clientConfig());
    config.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.applicationId());
    config.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
    config.put(StreamsConfig.STATE_DIR_CONFIG, settings.stateDirectory().toString());
    config.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_INTERVAL_MS);
    config.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, RECORDS_AHEAD);
    config.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, (int) settings.replicas());
    if (settings.replicas() > 2) {
      config.put(StreamsConfig.topicPrefix(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG), "2");
    }
    config.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    config.put(
        StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
        LogAndContinueExceptionHandler.class);
    config.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, OversizedRecords.class);
    config.put(
        StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG,
        Topics.DEAD_LETTERS.name(settings.topicPrefix()));
    consumer(config, ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    consumer(config, ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_AHEAD);
    consumer(config, ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, MAX_POLL_INTERVAL_MS);
    consumer(config, ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MS);
    consumer(config, ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
    consumer(config, ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, Topics.MAX_RECORD_BYTES);
    producer(config, ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    producer(config, ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    producer(config, ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.MAX_RECORD_BYTES);
    return config;
  }

  private static void consumer(Properties config, String key, Object value) {
    config.put(StreamsConfig.mainConsumerPrefix(key), value);
  }

  private static void producer(Properties config, String key, Object value) {
    config.put(StreamsConfig.producerPrefix(key), value);
  }

  /** Completes when the stage has failed and stopped. */
  public CompletableFuture<Throwable> failure() {
    return failure;
  }

  /**
   * Throws if the stage has failed.
   *
   * @throws PagestreamException {@link ErrorCode#BROKER_FAILED} with the cause
   */
  public void throwIfFailed() {
    Throwable cause = failure.getNow(null);
    if (cause != null) {
      // The cluster does not name the internal topics, whose names begin like this.
      throw ClusterFailure.denied(cause, "the stage with the topics %s-…".formatted(name))
          .orElseGet(() ->
              PagestreamException.of(
                      ErrorCode.BROKER_FAILED,
                      "a stage stopped: " + rootOf(cause),
                      "check the broker and the log, then run the same command again")
                  .causedBy(cause));
    }
  }

  private static Throwable rootOf(Throwable exception) {
    Throwable root = exception;
    for (int depth = 0; depth < 20 && root.getCause() != null; depth++) {
      root = root.getCause();
    }
    return root;
  }

  @Override
  public void close() {
    if (!streams.close(CLOSE)) {
      failure.complete(new IllegalStateException("the stage did not stop within " + CLOSE));
    }
  }
}
