package io.pagestream.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.pagestream.analyzers.catalog.AnalyzerCatalog;
import io.pagestream.analyzers.job.JobFiles;
import io.pagestream.analyzers.job.JobsOfImages;
import io.pagestream.analyzers.stage.AnalyzerStage;
import io.pagestream.analyzers.stage.PayloadFiles;
import io.pagestream.cluster.ClusterWait;
import io.pagestream.cluster.StageRights;
import io.pagestream.cluster.StageRights.Right;
import io.pagestream.cluster.StageRights.Role;
import io.pagestream.images.OpenOptions;
import io.pagestream.mapper.stage.MapperTopology;
import io.pagestream.pipeline.ImageBatch;
import io.pagestream.pipeline.ImageSubmission;
import io.pagestream.pipeline.StageRuntime;
import io.pagestream.producer.run.PayloadMode;
import io.pagestream.producer.stream.ImageStreamer;
import io.pagestream.producer.stream.RecordRetirement;
import io.pagestream.producer.stream.StreamListener;
import io.pagestream.producer.stream.StreamSettings;
import io.pagestream.schemas.avro.ImageJob;
import io.pagestream.schemas.connection.KafkaConnection;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.topic.RecordKeys;
import io.pagestream.schemas.topic.Topic;
import io.pagestream.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A cluster with TLS, passwords and access control lists: each stage works with exactly the rights
 * of {@link StageRights}, and with one right less it fails and names what it may not do. Each case
 * has a user and topics of its own.
 */
final class AccessControlIT {
  private static final Duration LONG = Duration.ofMinutes(3);
  private static final String ALL = "all.";
  private static final int AT_ONCE = 6;

  /** One analyzer is enough, and starts faster than all. */
  private static final ImageJob JOB = ImageJob.newBuilder().setAnalyzers(List.of("text")).build();

  private static final byte[] GARBAGE = "garbage".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path folder;
  private SecuredBroker broker;
  private Admin admin;
  private Path image;
  private String imageId;

  @BeforeEach
  void start() throws Exception {
    image = Files.write(folder.resolve("small.raw"), memory());
    imageId = Repository.imageId(image);
    List<String> users =
        new ArrayList<>(LackingRight.all().stream().map(LackingRight::user).toList());
    for (Role role : Role.values()) {
      users.add(role.word());
    }
    broker = SecuredBroker.start(folder, users);
    admin = Admin.create(broker.asAdmin().clientConfig());
  }

  @AfterEach
  void stop() {
    admin.close();
    broker.close();
  }

  @Test
  void eachStageWorksWithExactlyItsRightsAndFailsWithOneLess() throws Exception {
    List<LackingRight> cases = LackingRight.all();
    createTopics(cases);
    List<ConsumerRecord<byte[], byte[]>> pages = worksWithExactlyItsRights();
    List<ConsumerRecord<byte[], byte[]>> mapped = records(Topics.MAPPED_PAGES);
    List<String> wrong = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<?>> results = new ArrayList<>();
      for (LackingRight lacking : cases) {
        results.add(threads.submit(() -> failsWithOneLess(lacking, pages, mapped)));
      }
      for (Future<?> result : results) {
        try {
          result.get();
        } catch (ExecutionException e) {
          wrong.add(String.valueOf(e.getCause()).lines().limit(8).toList().toString());
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** Two runs of memory with an e-mail address. */
  private static byte[] memory() {
    byte[] memory = new byte[128 * 4096];
    byte[] text = " mail to witness@example.org ".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(text, 0, memory, 5 * 4096, text.length);
    return memory;
  }

  private void createTopics(List<LackingRight> cases) throws Exception {
    List<NewTopic> topics = new ArrayList<>();
    List<AclBinding> acls = new ArrayList<>();
    for (Role role : Role.values()) {
      StageRights.of(role, ALL).forEach(right -> acls.add(right.grantedTo("User:" + role.word())));
    }
    List<String> prefixes = new ArrayList<>(List.of(ALL));
    for (LackingRight lacking : cases) {
      prefixes.add(lacking.prefix());
      for (Right right : StageRights.of(lacking.role(), lacking.prefix())) {
        if (!right.equals(lacking.right())) {
          acls.add(right.grantedTo("User:" + lacking.user()));
        }
      }
    }
    for (String prefix : prefixes) {
      for (Topic topic : Topics.all()) {
        topics.add(new NewTopic(topic.name(prefix), 1, (short) 1).configs(topic.settings()));
      }
    }
    admin.createTopics(topics).all().get();
    admin.createAcls(acls).all().get();
    // The broker learns of what the controller has written with a short delay.
    await()
        .atMost(LONG)
        .until(() -> admin.describeAcls(AclBindingFilter.ANY).values().get().size() == acls.size());
  }

  /** Runs all stages; returns the records of the topic of pages. */
  private List<ConsumerRecord<byte[], byte[]>> worksWithExactlyItsRights() throws Exception {
    List<ConsumerRecord<byte[], byte[]>> pages;
    try (StageRuntime mapper = stage(Role.MAPPER, as(Role.MAPPER), ALL);
        StageRuntime analyzers = stage(Role.ANALYZERS, as(Role.ANALYZERS), ALL);
        RecordRetirement retirement = retirement(as(Role.PRODUCER), ALL)) {
      stream(as(Role.PRODUCER), ALL, true);
      mapper.throwIfFailed();
      analyzers.throwIfFailed();
      pages = records(Topics.PAGES);
      retirement.now();
    }
    FinishedCase finished =
        FinishedCase.collect(
            as(Role.READER), ALL, imageId, Files.createDirectory(folder.resolve("scratch")));
    assertThat(finished.artifacts()).extracting(Artifact::value).contains("witness@example.org");
    return pages;
  }

  private KafkaConnection as(Role role) {
    return broker.as(role.word());
  }

  private void failsWithOneLess(
      LackingRight lacking,
      List<ConsumerRecord<byte[], byte[]>> pages,
      List<ConsumerRecord<byte[], byte[]>> mapped) {
    Throwable failure =
        catchThrowable(() -> {
          switch (lacking.role()) {
            case PRODUCER -> produce(lacking);
            case MAPPER -> work(lacking, Topics.PAGES, pages);
            case ANALYZERS -> work(lacking, Topics.MAPPED_PAGES, mapped);
            case ADMIN, READER -> throw new AssertionError(lacking);
          }
        });
    assertThat(failure)
        .as(lacking.toString())
        .isInstanceOfSatisfying(
            PagestreamException.class,
            denied -> assertThat(denied.code()).isEqualTo(ErrorCode.ACCESS_DENIED))
        .hasMessageContaining(lacking.right().name())
        .satisfies(denied ->
            assertThat(SecuredBroker.discloses(String.valueOf(denied.getMessage()))).isFalse());
  }

  private void work(LackingRight lacking, Topic input, List<ConsumerRecord<byte[], byte[]>> records)
      throws Exception {
    String prefix = lacking.prefix();
    fill(input.name(prefix), records);
    KafkaConnection kafka = broker.as(lacking.user());
    if (lacking.right().pattern() == PatternType.PREFIXED
        && lacking.right().operation() == AclOperation.READ) {
      // Only an instance that takes over reads the state of another.
      try (StageRuntime before = stage(lacking.role(), broker.asAdmin(), prefix)) {
        awaitEnd(prefix + lacking.role().word(), input.name(prefix));
        before.throwIfFailed();
      }
    }
    try (StageRuntime runtime = stage(lacking.role(), kafka, prefix)) {
      var unusedCause = runtime.failure().get(LONG.toSeconds(), TimeUnit.SECONDS);
      runtime.throwIfFailed();
    }
  }

  /** Waits until a group has committed all records of a topic. */
  private void awaitEnd(String group, String topic) {
    TopicPartition partition = new TopicPartition(topic, 0);
    await()
        .atMost(LONG)
        .until(() -> {
          OffsetAndMetadata committed =
              admin
                  .listConsumerGroupOffsets(group)
                  .partitionsToOffsetAndMetadata()
                  .get()
                  .get(partition);
          long end =
              admin
                  .listOffsets(Map.of(partition, OffsetSpec.latest()))
                  .partitionResult(partition)
                  .get()
                  .offset();
          return committed != null && committed.offset() >= end;
        });
  }

  private StageRuntime stage(Role role, KafkaConnection kafka, String prefix) throws Exception {
    boolean isMapper = role == Role.MAPPER;
    List<Topic> topics =
        isMapper
            ? List.of(
                Topics.PAGES,
                Topics.MAPPED_PAGES,
                Topics.VERDICTS,
                Topics.RECEIPTS,
                Topics.DEAD_LETTERS)
            : List.of(Topics.MAPPED_PAGES, Topics.FINDINGS, Topics.RECEIPTS, Topics.DEAD_LETTERS);
    try (ClusterWait wait = ClusterWait.forBroker(kafka, LONG, line -> {})) {
      wait.forTopics(topics.stream().map(topic -> topic.name(prefix)).toList());
    }
    Topology topology =
        isMapper
            ? MapperTopology.service(prefix)
            : AnalyzerStage.topology(
                new JobsOfImages(AnalyzerCatalog.all(), JobFiles.NONE, PayloadFiles.NONE), prefix);
    StageRuntime runtime =
        StageRuntime.start(
            topology,
            new StageRuntime.Settings(
                kafka,
                prefix,
                prefix + role.word(),
                1,
                Files.createTempDirectory(folder, "state"),
                (short) 1));
    runtime.checkRights();
    return runtime;
  }

  private void produce(LackingRight lacking) throws Exception {
    String prefix = lacking.prefix();
    // A damaged record that the producer reports, and finished records that it deletes.
    send(Topics.IMAGES.name(prefix), RecordKeys.image(imageId), GARBAGE);
    send(Topics.MAPPED_PAGES.name(prefix), GARBAGE, GARBAGE);
    KafkaConnection kafka = broker.as(lacking.user());
    boolean read =
        lacking.right().name().equals(Topics.RECEIPTS.name(prefix))
            || (lacking.right().name().equals(Topics.DEAD_LETTERS.name(prefix))
                && lacking.right().operation() == AclOperation.READ);
    try (ClusterWait wait = ClusterWait.forBroker(kafka, LONG, line -> {})) {
      wait.forTopics(Topics.all().stream().map(topic -> topic.name(prefix)).toList());
    }
    try (RecordRetirement retirement = retirement(kafka, prefix)) {
      stream(kafka, prefix, read);
      commit(prefix + Role.MAPPER.word(), Topics.PAGES.name(prefix));
      commit(prefix + Role.ANALYZERS.word(), Topics.MAPPED_PAGES.name(prefix));
      retirement.now();
    }
  }

  private void commit(String group, String topic) throws Exception {
    admin
        .alterConsumerGroupOffsets(
            group, Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(1)))
        .all()
        .get();
  }

  private static RecordRetirement retirement(KafkaConnection kafka, String prefix) {
    return new RecordRetirement(
        kafka,
        List.of(
            new RecordRetirement.Consumed(Topics.PAGES.name(prefix), prefix + Role.MAPPER.word()),
            new RecordRetirement.Consumed(
                Topics.MAPPED_PAGES.name(prefix), prefix + Role.ANALYZERS.word())));
  }

  private void stream(KafkaConnection kafka, String prefix, boolean awaitReceipts)
      throws Exception {
    StreamSettings settings =
        new StreamSettings(
            kafka,
            prefix,
            StreamSettings.DEFAULT_RUN_PAGES,
            StreamSettings.DEFAULT_MAX_IN_FLIGHT_BYTES,
            "lz4",
            PayloadMode.INLINE,
            awaitReceipts,
            JOB,
            false,
            false);
    try (ImageBatch batch = ImageBatch.start(List.of(ImageSubmission.of(List.of(image))));
        ImageStreamer streamer = new ImageStreamer(settings)) {
      var unusedOutcome =
          batch.stream(0, streamer, OpenOptions.defaults(), new StreamListener() {});
    }
  }

  private List<ConsumerRecord<byte[], byte[]>> records(Topic topic) {
    TopicPartition partition = new TopicPartition(topic.name(ALL), 0);
    Map<String, Object> config = broker.asAdmin().clientConfig();
    config.put("enable.auto.commit", "false");
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      while (consumer.position(partition) < end) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }

  private void fill(String topic, List<ConsumerRecord<byte[], byte[]>> records) {
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      for (ConsumerRecord<byte[], byte[]> record : records) {
        var unusedFuture =
            producer.send(new ProducerRecord<>(topic, 0, record.key(), record.value()));
      }
      var unusedLast = producer.send(new ProducerRecord<>(topic, 0, GARBAGE, GARBAGE));
    }
  }

  private void send(String topic, byte[] key, byte[] value) {
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      var unusedFuture = producer.send(new ProducerRecord<>(topic, 0, key, value));
    }
  }

  private KafkaProducer<byte[], byte[]> producer() {
    Map<String, Object> config = broker.asAdmin().clientConfig();
    config.put("max.request.size", Topics.MAX_RECORD_BYTES);
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
