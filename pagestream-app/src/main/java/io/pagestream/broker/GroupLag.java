package io.pagestream.broker;

import io.pagestream.schemas.connection.KafkaConnection;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/**
 * The records of a topic that a stage has not processed yet.
 *
 * @param members running threads of the stage; 0 if it is not running
 * @param records records behind the last commit
 */
public record GroupLag(int members, long records) {
  /**
   * The lag of a group.
   *
   * @throws PagestreamException {@link ErrorCode#BROKER_UNREACHABLE} if the broker does not answer
   */
  public static GroupLag of(KafkaConnection kafka, String group, String topic)
      throws InterruptedException {
    try (Admin admin = Admin.create(kafka.clientConfig())) {
      Map<TopicPartition, OffsetAndMetadata> committed =
          admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
      Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
      Map<TopicPartition, OffsetSpec> starts = new HashMap<>();
      admin.describeTopics(List.of(topic)).allTopicNames().get().values().stream()
          .flatMap(found -> found.partitions().stream())
          .forEach(info -> {
            ends.put(new TopicPartition(topic, info.partition()), OffsetSpec.latest());
            starts.put(new TopicPartition(topic, info.partition()), OffsetSpec.earliest());
          });
      Map<TopicPartition, ListOffsetsResultInfo> first = admin.listOffsets(starts).all().get();
      long lag = 0;
      for (var end : admin.listOffsets(ends).all().get().entrySet()) {
        OffsetAndMetadata commit = committed.get(end.getKey());
        ListOffsetsResultInfo start = first.get(end.getKey());
        long from = commit != null ? commit.offset() : start == null ? 0 : start.offset();
        lag += Math.max(0, end.getValue().offset() - from);
      }
      return new GroupLag(members(admin, group), lag);
    } catch (ExecutionException | KafkaException e) {
      throw PagestreamException.of(
              ErrorCode.BROKER_UNREACHABLE,
              "the broker does not answer: " + e.getMessage(),
              "check --bootstrap-servers, --config and that the broker is running")
          .causedBy(e);
    }
  }

  private static int members(Admin admin, String group)
      throws InterruptedException, ExecutionException {
    try {
      return admin.describeConsumerGroups(List.of(group)).all().get().values().stream()
          .mapToInt(found -> found.members().size())
          .sum();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GroupIdNotFoundException) {
        return 0;
      }
      throw e;
    }
  }
}
