package io.pagestream.mapper.stage;

import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.PageStreamRecord;
import io.pagestream.schemas.avro.RunReceipt;
import io.pagestream.schemas.avro.Stage;
import io.pagestream.schemas.codec.RecordCodec;
import io.pagestream.schemas.topic.RecordKeys;
import io.pagestream.schemas.topic.Topics;
import io.pagestream.stages.image.ImageStores;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** The mapper's service topology with one partition, without a broker. */
final class MapperDriver implements AutoCloseable {
  private static final ImageStores STORES = ImageStores.of(Stage.MAPPER);

  private final RecordCodec<PageStreamRecord> codec = new RecordCodec<>(PageStreamRecord.class);
  private final RecordCodec<RunReceipt> receiptCodec = new RecordCodec<>(RunReceipt.class);
  private final TopologyTestDriver driver;
  private final TestInputTopic<byte[], byte[]> pages;
  private final List<RunReceipt> receipts = new ArrayList<>();
  private final List<PageStreamRecord> mapped = new ArrayList<>();
  private final List<TestRecord<byte[], byte[]>> verdicts = new ArrayList<>();
  private final List<TestRecord<byte[], byte[]>> deadLetters = new ArrayList<>();

  MapperDriver() {
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "mapper-test");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
    driver = new TopologyTestDriver(MapperTopology.service(Topics.DEFAULT_PREFIX), settings);
    pages =
        driver.createInputTopic(
            "pagestream.pages", new ByteArraySerializer(), new ByteArraySerializer());
  }

  void send(String imageId, PageStreamRecord record) {
    sendBytes(RecordKeys.image(imageId), codec.encode(record));
  }

  void sendRun(PageRun run) {
    sendBytes(
        RecordKeys.run(run.getImageId(), run.getRunIndex()),
        codec.encode(new PageStreamRecord(run)));
  }

  @SuppressWarnings("NullAway") // Kafka's own class is not annotated: keys and values may be null
  void sendBytes(byte @Nullable [] key, byte @Nullable [] value) {
    pages.pipeInput(key, value);
  }

  void advance(Duration time) {
    driver.advanceWallClockTime(time);
  }

  List<PageStreamRecord> mapped() {
    output("mapped-pages").readValuesToList().forEach(v -> mapped.add(codec.decode(v, null)));
    return mapped;
  }

  List<TestRecord<byte[], byte[]>> verdicts() {
    verdicts.addAll(output("verdicts").readRecordsToList());
    return verdicts;
  }

  List<RunReceipt> receipts() {
    output("receipts").readValuesToList().forEach(v -> receipts.add(receiptCodec.decode(v, null)));
    return receipts;
  }

  List<TestRecord<byte[], byte[]>> deadLetters() {
    deadLetters.addAll(output("dead-letters").readRecordsToList());
    return deadLetters;
  }

  private TestOutputTopic<byte[], byte[]> output(String topic) {
    return driver.createOutputTopic(
        "pagestream." + topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Fills the stores with what another instance's hold; its changelogs are these stores' copy. */
  void restoreFrom(MapperDriver dead) {
    copy(dead, STORES.manifests());
    copy(dead, STORES.receipts());
    copy(dead, STORES.closedAt());
  }

  private void copy(MapperDriver dead, String store) {
    KeyValueStore<Object, Object> to = driver.getKeyValueStore(store);
    try (KeyValueIterator<Object, Object> entries = dead.driver.getKeyValueStore(store).all()) {
      entries.forEachRemaining(entry -> to.put(entry.key, entry.value));
    }
  }

  /** Entries of all stores. */
  long storedEntries() {
    long entries = 0;
    for (String store : List.of(STORES.manifests(), STORES.receipts(), STORES.closedAt())) {
      try (KeyValueIterator<Object, Object> all = driver.getKeyValueStore(store).all()) {
        while (all.hasNext()) {
          all.next();
          entries++;
        }
      }
    }
    return entries;
  }

  @Override
  public void close() {
    driver.close();
  }
}
