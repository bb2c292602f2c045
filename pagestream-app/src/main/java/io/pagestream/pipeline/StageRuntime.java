package io.pagestream.pipeline;

import io.pagestream.schemas.connection.ClusterFailure;
import io.pagestream.schemas.connection.KafkaConnection;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.LogAndContinueExceptionHandler;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;

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
  private final KafkaConnection kafka;
  private final List<String> stateTopics;
  private @Nullable Thread rights;
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

  private StageRuntime(KafkaStreams streams, Settings settings, List<String> stateTopics) {
    this.streams = streams;
    this.name = settings.applicationId();
    this.kafka = settings.kafka();
    this.stateTopics = stateTopics;
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
            new KafkaStreams(topology, properties(settings)),
            settings,
            StateRights.topics(topology, settings.applicationId()));
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

  /**
   * Checks in the background that the stage may read and write the topics with its state, and lets
   * it fail otherwise. Only useful on a cluster with an authorizer; to be called once.
   */
  public void checkRights() {
    rights =
        Thread.ofVirtual()
            .name("pagestream-state-rights")
            .start(() -> StateRights.check(kafka, stateTopics, failure));
  }

  /** State of Kafka Streams. */
  public KafkaStreams.State state() {
    return streams.state();
  }

  /** Number of partitions of its input that this instance works on; 0 while it is not running. */
  public int partitions() {
    return streams.state() == KafkaStreams.State.RUNNING
        ? Assignment.partitions(streams.metadataForLocalThreads()).size()
        : 0;
  }

  /** Records of the assigned partitions that the consumers have not fetched yet. */
  public long lagRecords() {
    return streams.metrics().values().stream()
        .filter(metric ->
            metric.metricName().name().equals("records-lag")
                && metric.metricName().group().equals("consumer-fetch-manager-metrics")
                && !metric
                    .metricName()
                    .tags()
                    .getOrDefault("client-id", "")
                    .endsWith("restore-consumer"))
        .map(Metric::metricValue)
        .mapToLong(value -> value instanceof Double lag && lag > 0 ? lag.longValue() : 0)
        .sum();
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
    Thread checking = rights;
    if (checking != null) {
      checking.interrupt();
    }
    if (!streams.close(CLOSE)) {
      failure.complete(new IllegalStateException("the stage did not stop within " + CLOSE));
    }
  }
}
