package io.pagestream.stages.image;

import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.RunReceipt;
import io.pagestream.schemas.avro.Stage;
import io.pagestream.schemas.codec.RecordSerde;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Names and builders of the stores for the images on one partition: in memory, with a changelog, so
 * that a restarted instance restores the state of its predecessor.
 *
 * @param manifests image id to manifest
 * @param receipts {@code imageId/block} to receipt, open and finished
 * @param closedAt image id to the wall-clock time of its end, in milliseconds since 1970
 */
public record ImageStores(String manifests, String receipts, String closedAt) {
  /** The stores of a stage. */
  public static ImageStores of(Stage stage) {
    String prefix = stage.name().toLowerCase(Locale.ROOT);
    return new ImageStores(prefix + "-manifests", prefix + "-receipts", prefix + "-closed-at");
  }

  /**
   * Store builders that a topology adds for the stage's processor. No store uses Kafka Streams'
   * cache: a cache entry keeps a reference to the record that was being processed when it was
   * written. For a receipt of a hundred bytes, these are all pages of a run, and the cache limit
   * does not include them.
   */
  public List<StoreBuilder<?>> builders() {
    return List.of(
        Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(manifests),
            Serdes.String(),
            RecordSerde.ofStore(ImageManifest.class)),
        Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(receipts),
            Serdes.String(),
            RecordSerde.ofStore(RunReceipt.class)),
        Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(closedAt), Serdes.String(), new TimeSerde()));
  }
}
