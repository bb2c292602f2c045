package io.pagestream.cases.collect;

import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.PageStreamRecord;
import io.pagestream.schemas.avro.RunReceipt;
import io.pagestream.schemas.codec.RecordCodec;
import io.pagestream.schemas.topic.DeadLetter;
import io.pagestream.schemas.topic.RecordKeys;
import io.pagestream.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** The topics of a case in memory, on Kafka's own in-memory consumer; one record per poll. */
public final class ScriptedTopics {
  public static final String PREFIX = "test.";

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final Map<String, List<byte[]>> logs = new HashMap<>();

  public ScriptedTopics(List<String> topics) {
    for (String topic : topics) {
      TopicPartition partition = new TopicPartition(topic, 0);
      Node node = new Node(0, "localhost", 9092);
      consumer.updatePartitions(
          topic, List.of(new PartitionInfo(topic, 0, node, new Node[] {node}, new Node[] {node})));
      consumer.updateBeginningOffsets(Map.of(partition, 0L));
      consumer.updateEndOffsets(Map.of(partition, 0L));
      logs.put(topic, new ArrayList<>());
    }
  }

  public static ScriptedTopics ofCase() {
    return new ScriptedTopics(CaseRecords.topics(PREFIX));
  }

  public ScriptedTopics manifest(ImageManifest manifest) {
    return raw(Topics.IMAGES.name(PREFIX), new RecordCodec<>(ImageManifest.class).encode(manifest));
  }

  public ScriptedTopics receipt(RunReceipt receipt) {
    return raw(Topics.RECEIPTS.name(PREFIX), new RecordCodec<>(RunReceipt.class).encode(receipt));
  }

  public ScriptedTopics verdict(PageRun run) {
    return raw(
        Topics.VERDICTS.name(PREFIX),
        new RecordCodec<>(PageStreamRecord.class).encode(new PageStreamRecord(run)));
  }

  public ScriptedTopics finding(Finding finding) {
    return record(
        Topics.FINDINGS.name(PREFIX),
        RecordKeys.finding(finding.getFindingId()),
        new RecordCodec<>(Finding.class).encode(finding),
        new RecordHeaders());
  }

  public ScriptedTopics deadLetter(DeadLetter letter) {
    return record(
        Topics.DEAD_LETTERS.name(PREFIX), new byte[0], new byte[0], letter.headers(new byte[0]));
  }

  /** Appends a record, which arrives in a separate poll. */
  public ScriptedTopics raw(String topic, byte[] value) {
    return record(topic, new byte[0], value, new RecordHeaders());
  }

  private ScriptedTopics record(String topic, byte[] key, byte[] value, Headers headers) {
    List<byte[]> log = logs.get(topic);
    if (log == null) {
      throw new IllegalArgumentException(topic);
    }
    long offset = log.size();
    log.add(value);
    consumer.updateEndOffsets(Map.of(new TopicPartition(topic, 0), offset + 1));
    consumer.schedulePollTask(() ->
        consumer.addRecord(
            new ConsumerRecord<>(
                topic,
                0,
                offset,
                ConsumerRecord.NO_TIMESTAMP,
                TimestampType.NO_TIMESTAMP_TYPE,
                key.length,
                value.length,
                key,
                value,
                headers,
                Optional.empty())));
    return this;
  }

  public TopicReader reader() {
    return reader(Map.of());
  }

  public TopicReader reader(Map<TopicPartition, Long> startOffsets) {
    return new TopicReader(consumer, List.copyOf(logs.keySet()), startOffsets);
  }
}
