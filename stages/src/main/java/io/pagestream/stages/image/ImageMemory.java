package io.pagestream.stages.image;

import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.RunReceipt;
import io.pagestream.schemas.ledger.ReceiptStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The images known to a stage on one partition. A closed image is kept for a while: after a crash
 * its last runs may be delivered again, and they must not refer to an unknown image.
 */
public final class ImageMemory implements ReceiptStore {
  /** Default time for which a closed image is kept; commits are far more frequent. */
  public static final Duration KEEP_CLOSED = Duration.ofMinutes(10);

  private static final Duration PURGE_INTERVAL = Duration.ofMinutes(1);

  private final KeyValueStore<String, ImageManifest> manifests;
  private final KeyValueStore<String, RunReceipt> receipts;
  private final KeyValueStore<String, Long> closedAt;
  private final long keepClosedMs;

  /** Manifests that this task has read, because the store decodes a new copy on each access. */
  private final Map<String, ImageManifest> decoded = new HashMap<>();

  /** Result of opening an image. */
  public enum Opening {
    /** The image was not known. */
    NEW,
    /** The same manifest again: a replay, or a producer that resumes. */
    REPEATED,
    /** A different manifest for the same image: the first one remains in effect. */
    CONFLICTING
  }

  /** The memory of one stream task; purges itself by the wall clock. */
  public ImageMemory(ProcessorContext<?, ?> context, ImageStores stores, Duration keepClosed) {
    this.manifests = context.getStateStore(stores.manifests());
    this.receipts = context.getStateStore(stores.receipts());
    this.closedAt = context.getStateStore(stores.closedAt());
    this.keepClosedMs = keepClosed.toMillis();
    var unusedHandle =
        context.schedule(PURGE_INTERVAL, PunctuationType.WALL_CLOCK_TIME, this::purge);
  }

  /** Stores an image. An image that was closed may be opened again with another manifest. */
  public Opening open(ImageManifest manifest) {
    String imageId = manifest.getImageId();
    ImageManifest known = manifest(imageId);
    if (known != null && known.equals(manifest)) {
      // If it is sent again after its end, it is open again; in a replay its end is delivered
      // again too.
      closedAt.delete(imageId);
      return Opening.REPEATED;
    }
    if (known != null) {
      if (closedAt.get(imageId) == null) {
        return Opening.CONFLICTING;
      }
      forget(imageId);
    }
    manifests.put(imageId, manifest);
    decoded.put(imageId, manifest);
    return Opening.NEW;
  }

  /** The manifest of an image, or null if it has not been opened on this partition. */
  public @Nullable ImageManifest manifest(String imageId) {
    ImageManifest manifest = decoded.get(imageId);
    if (manifest == null) {
      manifest = manifests.get(imageId);
      if (manifest != null) {
        decoded.put(imageId, manifest);
      }
    }
    return manifest;
  }

  /** Marks an image as ended. */
  public void close(String imageId, long nowMs) {
    closedAt.put(imageId, nowMs);
  }

  @Override
  public @Nullable RunReceipt get(String imageId, long block) {
    return receipts.get(key(imageId, block));
  }

  @Override
  public void put(RunReceipt receipt) {
    receipts.put(key(receipt.getImageId(), receipt.getBlock()), receipt);
  }

  @Override
  public void forEach(String imageId, Consumer<RunReceipt> consumer) {
    try (KeyValueIterator<String, RunReceipt> blocks = receiptsOf(imageId)) {
      blocks.forEachRemaining(block -> {
        if (block.value != null) { // a damaged entry of the changelog is read as an absent one
          consumer.accept(block.value);
        }
      });
    }
  }

  private void purge(long nowMs) {
    List<String> due = new ArrayList<>();
    try (KeyValueIterator<String, Long> images = closedAt.all()) {
      while (images.hasNext()) {
        KeyValue<String, Long> image = images.next();
        if (nowMs - image.value >= keepClosedMs) {
          due.add(image.key);
        }
      }
    }
    due.forEach(this::forget);
  }

  private void forget(String imageId) {
    List<String> keys = new ArrayList<>();
    try (KeyValueIterator<String, RunReceipt> blocks = receiptsOf(imageId)) {
      blocks.forEachRemaining(block -> keys.add(block.key));
    }
    keys.forEach(receipts::delete);
    manifests.delete(imageId);
    decoded.remove(imageId);
    closedAt.delete(imageId);
  }

  private KeyValueIterator<String, RunReceipt> receiptsOf(String imageId) {
    // '0' is the character after '/': the range holds exactly the image's keys.
    return receipts.range(imageId + '/', imageId + '0');
  }

  private static String key(String imageId, long block) {
    return imageId + '/' + block;
  }
}
