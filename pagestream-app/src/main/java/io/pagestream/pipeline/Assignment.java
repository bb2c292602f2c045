package io.pagestream.pipeline;

import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.TaskMetadata;
import org.apache.kafka.streams.ThreadMetadata;

/** Describes the partitions that an instance of a stage works on. */
final class Assignment {
  private Assignment() {}

  /** One line. */
  static String of(Set<ThreadMetadata> threads) {
    return line(partitions(threads));
  }

  /** The partitions of all threads. */
  static Set<TopicPartition> partitions(Set<ThreadMetadata> threads) {
    return threads.stream()
        .flatMap(thread -> thread.activeTasks().stream())
        .map(TaskMetadata::topicPartitions)
        .flatMap(Set::stream)
        .collect(Collectors.toSet());
  }

  static String line(Set<TopicPartition> partitions) {
    if (partitions.isEmpty()) {
      return "assigned no partitions, because other instances have all of them; waiting to take over";
    }
    TreeMap<String, TreeSet<Integer>> byTopic = new TreeMap<>();
    partitions.forEach(
        one -> byTopic.computeIfAbsent(one.topic(), topic -> new TreeSet<>()).add(one.partition()));
    return byTopic.entrySet().stream()
        .map(entry ->
            "assigned %s %s"
                .formatted(
                    entry.getKey(),
                    entry.getValue().stream()
                        .map(String::valueOf)
                        .collect(Collectors.joining(", "))))
        .collect(Collectors.joining("; ", "", "; waiting for images"));
  }
}
