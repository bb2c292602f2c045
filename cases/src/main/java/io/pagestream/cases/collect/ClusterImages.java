package io.pagestream.cases.collect;

import io.pagestream.schemas.avro.ImageFile;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.codec.RecordCodec;
import io.pagestream.schemas.connection.KafkaConnection;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.topic.StartOffsets;
import io.pagestream.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** The images on a cluster, in the order in which they were submitted. Confined to one thread. */
public final class ClusterImages implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  /** Shorter parts of an id than this could fit several images by accident. */
  private static final int LEAST_ID_CHARACTERS = 6;

  private final TopicReader reader;
  private final RecordCodec<ImageManifest> codec = new RecordCodec<>(ImageManifest.class);
  private final Map<String, Image> images = new LinkedHashMap<>();

  /**
   * An image.
   *
   * @param manifest its latest manifest
   * @param start where the results of its latest submission begin
   */
  public record Image(ImageManifest manifest, StartOffsets start) {}

  /**
   * Connects to a cluster.
   *
   * @throws PagestreamException if it cannot be reached or has no such topic
   */
  public ClusterImages(KafkaConnection kafka, String topicPrefix) {
    this(
        TopicReader.open(
            kafka, "pagestream-images", List.of(Topics.IMAGES.name(topicPrefix)), Map.of()));
  }

  ClusterImages(TopicReader reader) {
    this.reader = reader;
  }

  /** Reads what has arrived up to now; returns all images so far. */
  public List<Image> read() {
    Map<TopicPartition, Long> ends = reader.ends();
    do {
      for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
        take(record);
      }
    } while (!reader.hasReached(ends));
    return List.copyOf(images.values());
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) { // a tombstone
      if (record.key() != null) {
        images.remove(new String(record.key(), StandardCharsets.UTF_8));
      }
      return;
    }
    try {
      ImageManifest manifest = codec.decode(record.value(), null);
      images.put(manifest.getImageId(), new Image(manifest, StartOffsets.read(record.headers())));
    } catch (PagestreamException e) {
      if (e.code() != ErrorCode.RECORD_CORRUPT) {
        throw e;
      }
      // The collector, which reads the topic too, reports damaged records.
    }
  }

  /**
   * Selects images.
   *
   * @param names ids, beginnings of ids, display names or names of files; empty for all images
   * @param missing receives the names for which there is no image
   * @throws PagestreamException {@link ErrorCode#USAGE} if a name fits several images
   */
  public static List<Image> select(List<Image> images, List<String> names, List<String> missing) {
    if (names.isEmpty()) {
      return images;
    }
    Set<Image> selected = new LinkedHashSet<>();
    for (String name : names) {
      List<Image> fitting = fitting(images, name);
      if (fitting.isEmpty()) {
        missing.add(name);
      } else if (fitting.size() > 1) {
        throw PagestreamException.of(
            ErrorCode.USAGE,
            "'%s' fits %d images: %s"
                .formatted(
                    name,
                    fitting.size(),
                    String.join(
                        ", ",
                        fitting.stream()
                            .limit(5)
                            .map(one -> one.manifest().getImageId())
                            .toList())),
            "name the image by its id");
      } else {
        selected.add(fitting.getFirst());
      }
    }
    return new ArrayList<>(selected);
  }

  private static List<Image> fitting(List<Image> images, String name) {
    List<Image> byId =
        images.stream()
            .filter(image ->
                name.length() >= LEAST_ID_CHARACTERS
                    && image.manifest().getImageId().startsWith(name))
            .toList();
    return byId.isEmpty() ? images.stream().filter(image -> isNamed(image, name)).toList() : byId;
  }

  private static boolean isNamed(Image image, String name) {
    return image.manifest().getName().equals(name)
        || image.manifest().getFiles().stream().map(ImageFile::getName).anyMatch(name::equals);
  }

  @Override
  public void close() {
    reader.close();
  }
}
