package io.pagestream.system;

import io.pagestream.cases.collect.CaseFollower;
import io.pagestream.cases.collect.CaseImage;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.avro.ImageClosed;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.PageCounts;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.PageStreamRecord;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.RunReceipt;
import io.pagestream.schemas.avro.Stage;
import io.pagestream.schemas.avro.VerdictKind;
import io.pagestream.schemas.codec.RecordCodec;
import io.pagestream.schemas.connection.KafkaConnection;
import io.pagestream.schemas.finding.FindingIds;
import io.pagestream.schemas.finding.Location;
import io.pagestream.schemas.sample.SampleRecords;
import io.pagestream.schemas.topic.RecordKeys;
import io.pagestream.schemas.topic.Topic;
import io.pagestream.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * A client with the job's credentials that sends invalid records to each topic: first records that
 * require no knowledge of the image, and then, as soon as its manifest has arrived, records that
 * contradict it.
 */
final class PoisonCourier implements CaseFollower {
  private static final String UNKNOWN = "f".repeat(32);
  private static final long MANIFEST_NANOS = Duration.ofMinutes(2).toNanos();

  private final long seed;
  private final Random random;
  private final List<String> reported = new ArrayList<>();
  private final CompletableFuture<Void> done = new CompletableFuture<>();

  PoisonCourier(long seed) {
    this.seed = seed;
    this.random = new Random(seed);
    System.out.println("poison, seed " + seed);
  }

  long seed() {
    return seed;
  }

  /** The positions of invalid records that the case must name: {@code topic/partition/offset}. */
  List<String> reported() {
    return List.copyOf(reported);
  }

  void start(KafkaConnection kafka) {
    try {
      Map<String, Object> config = new HashMap<>(kafka.clientConfig());
      config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.MAX_RECORD_BYTES);
      KafkaProducer<byte[], byte[]> producer =
          new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
      sendBlindly(producer);
      Thread.ofPlatform()
          .name("poison")
          .start(() -> {
            try (producer) {
              sendKnowingly(producer, awaitManifest(kafka));
              done.complete(null);
            } catch (Throwable e) {
              done.completeExceptionally(e);
            }
          });
    } catch (ExecutionException | InterruptedException e) {
      throw new AssertionError("the poison was not sent", e);
    }
  }

  /** Waits until everything has been sent. */
  @Override
  public void ended(List<CaseImage> images) {
    try {
      done.get();
    } catch (ExecutionException e) {
      throw new AssertionError("the poison was not sent", e.getCause());
    } catch (InterruptedException e) {
      throw new AssertionError("the poison was not sent", e);
    }
  }

  private void sendBlindly(KafkaProducer<byte[], byte[]> producer)
      throws ExecutionException, InterruptedException {
    byte[] key = "x".getBytes(StandardCharsets.UTF_8);
    byte[] foreign = new RecordCodec<>(RunReceipt.class).encode(receipt(UNKNOWN, 0));
    byte[] otherForeign =
        new RecordCodec<>(ImageClosed.class).encode(SampleRecords.closed(UNKNOWN, 1));
    // The maximum record size, so that a dead letter with headers cannot contain all of it.
    byte[] large = new byte[Topics.MAX_RECORD_BYTES - 200];
    random.nextBytes(large);
    for (Topic topic :
        List.of(Topics.IMAGES, Topics.PAGES, Topics.VERDICTS, Topics.RECEIPTS, Topics.FINDINGS)) {
      boolean compacted = "compact".equals(topic.settings().get("cleanup.policy"));
      report(producer, topic, key, bytes(1 + random.nextInt(200)));
      report(producer, topic, key, new byte[0]);
      report(producer, topic, key, topic.equals(Topics.RECEIPTS) ? otherForeign : foreign);
      report(producer, topic, key, large);
      report(producer, topic, bytes(1 + random.nextInt(2000)), bytes(50));
      if (!compacted) { // compacted topics accept no record without a key
        report(producer, topic, null, bytes(50));
      }
      send(producer, topic, key, null); // a tombstone, or a record without a value
    }
    report(producer, Topics.PAGES, key, null);
    report(producer, Topics.DEAD_LETTERS, key, bytes(100));
    report(producer, Topics.DEAD_LETTERS, null, null);
    RecordCodec<PageStreamRecord> stream = new RecordCodec<>(PageStreamRecord.class);
    report(
        producer,
        Topics.PAGES,
        RecordKeys.image(UNKNOWN),
        stream.encode(new PageStreamRecord(SampleRecords.closed(UNKNOWN, 1))));
    report(
        producer,
        Topics.PAGES,
        RecordKeys.run(UNKNOWN, 3),
        stream.encode(new PageStreamRecord(run(UNKNOWN))));
    report(
        producer,
        Topics.VERDICTS,
        RecordKeys.image(UNKNOWN),
        stream.encode(new PageStreamRecord(SampleRecords.closed(UNKNOWN, 1))));
  }

  private void sendKnowingly(KafkaProducer<byte[], byte[]> producer, ImageManifest manifest)
      throws ExecutionException, InterruptedException {
    String imageId = manifest.getImageId();
    RecordCodec<ImageManifest> manifests = new RecordCodec<>(ImageManifest.class);
    ImageManifest other = ImageManifest.newBuilder(manifest).build();
    other.setRunCount(manifest.getRunCount() + 1);
    send(producer, Topics.IMAGES, RecordKeys.image(imageId), manifests.encode(other));
    RunReceipt impossible = receipt(imageId, Integer.MAX_VALUE + 5L);
    send(
        producer,
        Topics.RECEIPTS,
        RecordKeys.receipt(imageId, Stage.ANALYZERS, 0),
        new RecordCodec<>(RunReceipt.class).encode(impossible));
    RecordCodec<PageStreamRecord> stream = new RecordCodec<>(PageStreamRecord.class);
    PageRun contradicting = run(imageId);
    contradicting.setPageCount(-5);
    report(
        producer,
        Topics.PAGES,
        RecordKeys.run(imageId, manifest.getRunCount() + 9),
        stream.encode(new PageStreamRecord(contradicting)));
    report(
        producer,
        Topics.VERDICTS,
        RecordKeys.run(imageId, 0),
        stream.encode(new PageStreamRecord(contradicting)));
    Finding forged = finding(imageId, "attacker@example.com");
    String genuine = forged.getFindingId();
    forged.setValue("innocent@example.com");
    RecordCodec<Finding> findings = new RecordCodec<>(Finding.class);
    report(producer, Topics.FINDINGS, RecordKeys.finding(genuine), findings.encode(forged));
    report(
        producer,
        Topics.FINDINGS,
        RecordKeys.finding("0".repeat(32)),
        findings.encode(finding(imageId, "wrong-key@example.com")));
  }

  private void report(
      KafkaProducer<byte[], byte[]> producer,
      Topic topic,
      byte @Nullable [] key,
      byte @Nullable [] value)
      throws ExecutionException, InterruptedException {
    reported.add(send(producer, topic, key, value));
  }

  private static String send(
      KafkaProducer<byte[], byte[]> producer,
      Topic topic,
      byte @Nullable [] key,
      byte @Nullable [] value)
      throws ExecutionException, InterruptedException {
    RecordMetadata at =
        producer.send(new ProducerRecord<>(topic.name(Topics.DEFAULT_PREFIX), 0, key, value)).get();
    return at.topic() + '/' + at.partition() + '/' + at.offset();
  }

  /** The first manifest that can be read. */
  private static ImageManifest awaitManifest(KafkaConnection kafka) {
    RecordCodec<ImageManifest> codec = new RecordCodec<>(ImageManifest.class);
    TopicPartition images = new TopicPartition(Topics.IMAGES.name(Topics.DEFAULT_PREFIX), 0);
    long deadline = System.nanoTime() + MANIFEST_NANOS;
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            kafka.clientConfig(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(images));
      consumer.seekToBeginning(List.of(images));
      while (System.nanoTime() < deadline) {
        for (var record : consumer.poll(Duration.ofMillis(50))) {
          if (record.value() != null && codec.encodes(record.value())) {
            return codec.decode(record.value(), null);
          }
        }
      }
    }
    throw new AssertionError("no manifest has come");
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private static RunReceipt receipt(String imageId, long block) {
    return RunReceipt.newBuilder()
        .setImageId(imageId)
        .setStage(Stage.ANALYZERS)
        .setBlock(block)
        .setFirstRunIndex(0)
        .setLastRunIndex(0)
        .setRuns(1)
        .setPageCount(1)
        .setPayloadBytes(0)
        .setCounts(new PageCounts())
        .build();
  }

  private static PageRun run(String imageId) {
    return SampleRecords.run(imageId, 0, 0, 1)
        .setZeroPages(ByteBuffer.wrap(new byte[] {1}))
        .build();
  }

  private static Finding finding(String imageId, String value) {
    return Finding.newBuilder()
        .setFindingId(
            new FindingIds().of(imageId, "text", "email", Location.physical(0x1000), value))
        .setImageId(imageId)
        .setImage("memory")
        .setAnalyzer("text")
        .setKind("email")
        .setValue(value)
        .setLocation(Location.physical(0x1000).record())
        .setLength(value.length())
        .setEncoding("ascii")
        .setRangeKind(RangeKind.RAM)
        .setCacheType(CacheType.WRITE_BACK)
        .setVerdict(VerdictKind.MAPPED)
        .build();
  }
}
