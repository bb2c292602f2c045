package io.pagestream.mapper.stage;

import io.pagestream.schemas.avro.PageStreamRecord;
import io.pagestream.schemas.codec.RecordSerde;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/**
 * A record that is sent to the number of the partition from which it came. A partitioner receives
 * only key and value, and the opening records of an image are equal on all partitions; the
 * partition number is therefore passed with the value to the sink.
 *
 * @param value the value to write
 * @param partition partition of the source topic and of the sink topic
 */
record Placed(PageStreamRecord value, int partition) {

  /** Adds the number of the task's partition to each record. */
  static final class Place extends ContextualProcessor<byte[], PageStreamRecord, byte[], Placed> {
    @Override
    public void process(Record<byte[], PageStreamRecord> record) {
      context()
          .forward(record.withValue(new Placed(record.value(), context().taskId().partition())));
    }
  }

  /** Chooses that partition. */
  static final class SamePartition implements StreamPartitioner<byte[], Placed> {
    @Override
    public Optional<Set<Integer>> partitions(
        String topic, byte[] key, Placed placed, int partitions) {
      return Optional.of(Set.of(placed.partition()));
    }
  }

  /** Writes only the value. */
  static Serializer<Placed> serializer() {
    Serializer<PageStreamRecord> values = new RecordSerde<>(PageStreamRecord.class).serializer();
    return (topic, placed) -> values.serialize(topic, placed.value());
  }
}
