package io.pagestream.cases.collect;

import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.RunReceipt;
import io.pagestream.schemas.clock.AttendedTime;
import io.pagestream.schemas.codec.RecordCodec;
import io.pagestream.schemas.connection.KafkaConnection;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.ledger.ImageLedger;
import io.pagestream.schemas.topic.DeadLetter;
import io.pagestream.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The images of a cluster with their receipts so far, for an overview: the topics {@code images},
 * {@code receipts} and {@code dead-letters}, read once to their current ends.
 *
 * @param ledgers one ledger for each image, in the order in which they were submitted
 * @param deadLetters dead letters by image id; those that concern no image are under the empty id
 * @param unreadable records that could not be read, and are left out
 * @param openedMs by image id, when the image was opened and not yet ended, in ms since 1970 by the
 *     clock of its producer; that of the first producer if it was resumed
 */
public record ClusterOverview(
    List<ImageLedger> ledgers,
    Map<String, Long> deadLetters,
    long unreadable,
    Map<String, Long> openedMs) {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration STEP = Duration.ofSeconds(2);

  /** Other clients may write to the topics. */
  private static final int MOST_IMAGES = 100_000;

  /** Copies its collections. */
  public ClusterOverview {
    ledgers = List.copyOf(ledgers);
    deadLetters = Map.copyOf(deadLetters);
    openedMs = Map.copyOf(openedMs);
  }

  /**
   * Reads the topics.
   *
   * @throws PagestreamException {@link ErrorCode#BROKER_UNREACHABLE} if the broker does not answer
   */
  public static ClusterOverview read(KafkaConnection kafka, String prefix) {
    List<String> topics =
        List.of(
            Topics.IMAGES.name(prefix),
            Topics.RECEIPTS.name(prefix),
            Topics.DEAD_LETTERS.name(prefix));
    Reading reading = new Reading(topics);
    try (TopicReader reader = TopicReader.open(kafka, "pagestream-status", topics, Map.of())) {
      Map<TopicPartition, Long> ends = reader.ends();
      AttendedTime silent = new AttendedTime(System::nanoTime, STEP);
      while (!reader.hasReached(ends)) {
        for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
          reading.take(record);
          silent.restart();
        }
        if (silent.read().compareTo(PATIENCE) > 0) {
          throw PagestreamException.of(
              ErrorCode.BROKER_UNREACHABLE,
              "the broker has sent nothing for %d s".formatted(PATIENCE.toSeconds()),
              "check that it is running");
        }
      }
    }
    return new ClusterOverview(
        new ArrayList<>(reading.ledgers.values()),
        reading.deadLetters,
        reading.unreadable,
        reading.opened.times());
  }

  /** The records so far. */
  private static final class Reading {
    private final List<String> topics;
    private final Map<String, ImageLedger> ledgers = new LinkedHashMap<>();
    private final Map<String, Long> deadLetters = new LinkedHashMap<>();
    private final RecordCodec<ImageManifest> manifests = new RecordCodec<>(ImageManifest.class);
    private final RecordCodec<RunReceipt> receipts = new RecordCodec<>(RunReceipt.class);
    private final OpenedTimes opened = new OpenedTimes();
    private long unreadable;

    Reading(List<String> topics) {
      this.topics = topics;
    }

    void take(ConsumerRecord<byte[], byte[]> record) {
      if (record.topic().equals(topics.getLast())) {
        DeadLetter letter = DeadLetter.read(record.headers(), RejectedRecords.place(record));
        if (deadLetters.size() < MOST_IMAGES) {
          deadLetters.merge(letter.imageId(), 1L, Long::sum);
        }
        return;
      }
      byte[] value = record.value();
      if (value == null) {
        return; // a tombstone
      }
      try {
        if (record.topic().equals(topics.getFirst())) {
          ImageManifest manifest = manifests.decode(value, null);
          ImageLedger ledger = ledger(manifest.getImageId());
          unreadable += ledger == null ? 1 : 0;
          if (ledger != null) {
            var unusedNews = ledger.manifest(manifest);
            opened.take(manifest, record.timestamp());
          }
        } else {
          RunReceipt receipt = receipts.decode(value, null);
          ImageLedger ledger = ledger(receipt.getImageId());
          unreadable += ledger == null ? 1 : 0;
          if (ledger != null) {
            var unusedNews = ledger.receipt(receipt);
          }
        }
      } catch (PagestreamException e) {
        if (e.code() != ErrorCode.RECORD_CORRUPT) {
          throw e;
        }
        unreadable++;
      }
    }

    private @Nullable ImageLedger ledger(String imageId) {
      return ledgers.size() >= MOST_IMAGES
          ? ledgers.get(imageId)
          : ledgers.computeIfAbsent(imageId, ImageLedger::new);
    }
  }
}
