package io.pagestream.pipeline;

import io.pagestream.schemas.connection.KafkaConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks that a stage may read and write the topics with its own state. Without WRITE, Kafka
 * Streams tries again for ever and reports nothing; without READ, it reports nothing until it has
 * to restore a state.
 */
final class StateRights {
  private static final Duration INTERVAL = Duration.ofMillis(500);
  private static final List<AclOperation> NEEDED = List.of(AclOperation.READ, AclOperation.WRITE);
  private static final Logger LOG = LoggerFactory.getLogger(StateRights.class);

  private StateRights() {}

  /** Names of the topics with the state of a topology. */
  static List<String> topics(Topology topology, String applicationId) {
    return topology.describe().subtopologies().stream()
        .flatMap(part -> part.nodes().stream())
        .flatMap(node ->
            node instanceof TopologyDescription.Processor processor
                ? processor.stores().stream()
                : Stream.empty())
        .distinct()
        .map(store -> applicationId + '-' + store + "-changelog")
        .sorted()
        .toList();
  }

  /**
   * Waits until Kafka Streams has created the topics, and checks each. Meant for a thread of its
   * own; ends when it is interrupted.
   *
   * @param failure completed with the reason if a right is missing
   */
  static void check(
      KafkaConnection kafka, List<String> topics, CompletableFuture<Throwable> failure) {
    List<String> unchecked = new ArrayList<>(topics);
    try (Admin admin = Admin.create(kafka.clientConfig())) {
      while (!unchecked.isEmpty() && !failure.isDone()) {
        Thread.sleep(INTERVAL);
        Map<String, KafkaFuture<TopicDescription>> answers =
            admin
                .describeTopics(
                    unchecked, new DescribeTopicsOptions().includeAuthorizedOperations(true))
                .topicNameValues();
        for (Iterator<String> names = unchecked.iterator(); names.hasNext(); ) {
          String name = names.next();
          try {
            TopicDescription found = Objects.requireNonNull(answers.get(name), name).get();
            for (AclOperation needed : NEEDED) {
              if (isMissing(needed, found.authorizedOperations())) {
                failure.complete(
                    new TopicAuthorizationException(
                        "%s on the topic %s is missing".formatted(needed, name), Set.of(name)));
                return;
              }
            }
            names.remove();
          } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
              names.remove(); // Kafka Streams reports that it can neither read nor see it
            }
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the stage ends
    } catch (KafkaException e) {
      LOG.warn("the rights on the stage's own topics were not checked: {}", e.getMessage());
    }
  }

  /** Whether an operation is not among the allowed ones; null if the cluster does not say. */
  private static boolean isMissing(AclOperation needed, @Nullable Set<AclOperation> allowed) {
    return allowed != null
        && !allowed.isEmpty()
        && !allowed.contains(needed)
        && !allowed.contains(AclOperation.ALL);
  }
}
