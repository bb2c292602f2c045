package io.pagestream.schemas.topic;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * The ends of the topics with results when an image was opened. All results of this submission of
 * the image lie at or after these offsets, and those of an earlier submission before them. The
 * offsets are a header of the manifest's records, not a field of the manifest: they differ each
 * time although the image is the same.
 *
 * @param offsets first offset that can hold a result, by partition; a partition that is not named
 *     starts at 0
 */
public record StartOffsets(Map<TopicPartition, Long> offsets) {
  /** Name of the header. */
  public static final String HEADER = "pagestream.start-offsets";

  /** From the beginning of all topics. */
  public static final StartOffsets BEGINNING = new StartOffsets(Map.of());

  /** Far more than the partitions of all topics with results. */
  private static final int MOST_BYTES = 1 << 20;

  /** Copies its map. */
  public StartOffsets {
    offsets = Map.copyOf(offsets);
  }

  /** The first offset of a partition that can hold a result. */
  public long of(TopicPartition partition) {
    return offsets.getOrDefault(partition, 0L);
  }

  /** Puts these offsets into the headers of a record. */
  public void write(Headers headers) {
    if (!offsets.isEmpty()) {
      headers.remove(HEADER).add(HEADER, text().getBytes(StandardCharsets.UTF_8));
    }
  }

  private String text() {
    Map<String, Long> sorted = new TreeMap<>();
    offsets.forEach(
        (partition, offset) -> sorted.put(partition.topic() + '/' + partition.partition(), offset));
    return sorted.entrySet().stream()
        .map(entry -> entry.getKey() + '=' + entry.getValue())
        .collect(Collectors.joining(","));
  }

  /**
   * Reads the offsets from the headers of a record. Other clients may write to the topic: without a
   * valid header, results start at the beginning, so that none is overlooked.
   */
  public static StartOffsets read(Headers headers) {
    Header header = headers.lastHeader(HEADER);
    if (header == null || header.value() == null || header.value().length > MOST_BYTES) {
      return BEGINNING;
    }
    Map<TopicPartition, Long> offsets = new TreeMap<>(StartOffsets::compare);
    for (String entry : new String(header.value(), StandardCharsets.UTF_8).split(",", -1)) {
      int slash = entry.lastIndexOf('/');
      int equals = entry.lastIndexOf('=');
      if (slash <= 0 || equals < slash) {
        return BEGINNING;
      }
      try {
        int partition = Integer.parseInt(entry.substring(slash + 1, equals));
        long offset = Long.parseLong(entry.substring(equals + 1));
        if (partition < 0 || offset < 0) {
          return BEGINNING;
        }
        offsets.put(new TopicPartition(entry.substring(0, slash), partition), offset);
      } catch (NumberFormatException e) {
        return BEGINNING;
      }
    }
    return new StartOffsets(offsets);
  }

  private static int compare(TopicPartition one, TopicPartition other) {
    int topics = one.topic().compareTo(other.topic());
    return topics != 0 ? topics : Integer.compare(one.partition(), other.partition());
  }
}
