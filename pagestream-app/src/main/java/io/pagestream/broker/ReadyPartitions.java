package io.pagestream.broker;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * Tells when the partitions of new topics really take records.
 *
 * <p>A broker tells clients of a new partition's leader a moment before the leader serves it. An
 * idempotent producer that has several first batches on their way in that moment can lose their
 * order for good: the first is refused (NOT_LEADER_OR_FOLLOWER), the second is taken, and since the
 * broker takes any sequence number from a producer that it does not know yet, the first comes back
 * out of sequence and is sent again until its delivery time is over. Seen with Kafka 4.3.1, in one
 * job of about 200, and in one of 20 on a busy machine. Who asks for a partition's end and gets it
 * knows that the leader serves.
 */
final class ReadyPartitions {
  private ReadyPartitions() {}

  /**
   * Completes when the leader of every partition has answered. The client asks again as long as
   * leaders are not ready.
   */
  static KafkaFuture<?> await(Admin admin, Collection<TopicDescription> topics, int limitMillis) {
    Map<TopicPartition, OffsetSpec> ends =
        topics.stream()
            .flatMap(topic ->
                topic.partitions().stream()
                    .map(info -> new TopicPartition(topic.name(), info.partition())))
            .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
    ListOffsetsResult answers =
        admin.listOffsets(ends, new ListOffsetsOptions().timeoutMs(limitMillis));
    return answers.all();
  }
}
