package io.pagestream.producer.stream;

import io.pagestream.schemas.connection.ClusterFailure;
import io.pagestream.schemas.connection.KafkaConnection;
import io.pagestream.schemas.error.PagestreamException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes page records that their consumers have finished from the broker: up to the offsets that a
 * group has committed, because a group never goes back before those. Together with the limit on
 * bytes in flight, this allows a large image to pass through a small disk.
 */
public final class RecordRetirement implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RecordRetirement.class);
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration CLOSE = Duration.ofSeconds(5);

  private final Admin admin;
  private final List<Consumed> consumed;
  private volatile @Nullable PagestreamException denied;
  private final Map<TopicPartition, Long> deletedUpTo = new HashMap<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("pagestream-retirement").daemon().factory());

  /**
   * A topic and the one group that consumes it.
   *
   * @param topic name of the topic on the broker
   * @param group the consumer group: a Kafka Streams application id
   */
  public record Consumed(String topic, String group) {}

  /** Starts checking once per second. */
  public RecordRetirement(KafkaConnection kafka, List<Consumed> consumed) {
    this.admin = Admin.create(kafka.clientConfig());
    this.consumed = List.copyOf(consumed);
    var unusedHandle =
        clock.scheduleWithFixedDelay(
            this::look, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Checks immediately, before closing.
   *
   * @throws PagestreamException {@link io.pagestream.schemas.error.ErrorCode#ACCESS_DENIED} if the
   *     cluster does not allow it, so that finished records stay on its disk
   */
  public void now() throws InterruptedException {
    try {
      clock.submit(this::look).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("deleting finished records failed", e.getCause());
    }
    PagestreamException why = denied;
    if (why != null) {
      throw why;
    }
  }

  private void look() {
    for (Consumed each : consumed) {
      try {
        retire(each);
      } catch (ExecutionException e) {
        // A later attempt loses nothing: the next check finds the same offsets or higher ones.
        LOG.warn("could not delete finished records of {}: {}", each.topic(), e.getMessage());
        denied =
            ClusterFailure.denied(
                    e,
                    "deleting the records of %s that the group %s has finished"
                        .formatted(each.topic(), each.group()))
                .orElse(null);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException e) {
        // If thrown, it would silently end all later checks, and the disk would fill.
        LOG.warn("could not delete finished records of {}", each.topic(), e);
      }
    }
  }

  private void retire(Consumed each) throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetAndMetadata> committed =
        admin.listConsumerGroupOffsets(each.group()).partitionsToOffsetAndMetadata().get();
    Map<TopicPartition, RecordsToDelete> finished = new HashMap<>();
    committed.forEach((partition, offset) -> {
      if (offset != null
          && partition.topic().equals(each.topic())
          && offset.offset() > deletedUpTo.getOrDefault(partition, 0L)) {
        finished.put(partition, RecordsToDelete.beforeOffset(offset.offset()));
      }
    });
    if (!finished.isEmpty()) {
      admin.deleteRecords(finished).all().get();
      finished.forEach((partition, records) -> deletedUpTo.put(partition, records.beforeOffset()));
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
    admin.close(CLOSE);
  }
}
