package io.pagestream.broker;

import io.pagestream.schemas.connection.ClusterFailure;
import io.pagestream.schemas.connection.KafkaConnection;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.topic.Topic;
import io.pagestream.schemas.topic.Topics;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Creates the topics of Pagestream on a cluster. Existing topics are not changed, so every stage
 * may call it at its start.
 *
 * @param kafka the cluster
 * @param prefix prefix of all names, for example {@link Topics#DEFAULT_PREFIX}
 * @param partitions of each topic that is partitioned
 * @param replicationFactor copies of each partition, from 1 to the number of brokers; {@link #AUTO}
 *     for three, or one for each broker if there are fewer
 */
public record TopicCreation(
    KafkaConnection kafka, String prefix, int partitions, short replicationFactor) {
  /** As many replicas as the cluster can place, up to three. */
  public static final short AUTO = 0;

  private static final int MOST_AUTO = 3;

  /** One of three replicas may be lost without losing records or stopping writers. */
  private static final int IN_SYNC_OF_THREE = 2;

  private static final int LIMIT_SECONDS = 30;
  private static final int LOOK_AGAIN_MILLIS = 20;

  public TopicCreation {
    if (partitions < 1 || partitions > 10_000) {
      throw PagestreamException.of(
          ErrorCode.USAGE, "partitions = " + partitions, "give a number from 1 to 10000");
    }
    if (replicationFactor < 0) {
      throw PagestreamException.of(
          ErrorCode.USAGE, "replication factor = " + replicationFactor, "give 1 or more");
    }
  }

  /**
   * Creates the missing topics and waits until every partition of all topics accepts records (see
   * {@link ReadyPartitions}).
   *
   * @return names of the created topics
   * @throws PagestreamException {@link ErrorCode#BROKER_UNREACHABLE} when the cluster does not
   *     answer, {@link ErrorCode#BROKER_FAILED} when it refuses
   */
  public List<String> create() {
    try (Admin admin = Admin.create(adminConfig(kafka))) {
      short replicas = replicationFactor == AUTO ? replicas(admin) : replicationFactor;
      List<NewTopic> wanted =
          Topics.all().stream().map(topic -> newTopic(topic, replicas)).toList();
      Map<String, KafkaFuture<Void>> answers = admin.createTopics(wanted).values();
      List<String> missing =
          Topics.all().stream()
              .map(topic -> topic.name(prefix))
              .filter(name -> wasMissing(answerFor(name, answers)))
              .toList();
      await(ReadyPartitions.await(admin, describeAll(admin), LIMIT_SECONDS * 1000));
      return missing;
    }
  }

  /** The number of replicas that {@link #AUTO} means on a cluster with a number of brokers. */
  public static short automaticReplicas(int brokers) {
    return (short) Math.min(MOST_AUTO, brokers);
  }

  /** Replicas that must have a record before a write succeeds, if topics have a number of them. */
  public static int inSync(short replicas) {
    return replicas >= MOST_AUTO ? IN_SYNC_OF_THREE : 1;
  }

  /** The existing topics on the cluster. */
  public List<TopicDescription> describe() {
    try (Admin admin = Admin.create(adminConfig(kafka))) {
      return describe(admin);
    }
  }

  /** All topics; a broker learns of topics created by the controller with a short delay. */
  private List<TopicDescription> describeAll(Admin admin) {
    long giveUpAt = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (true) {
      List<TopicDescription> known = describe(admin);
      if (known.size() == Topics.all().size()) {
        return known;
      }
      if (System.nanoTime() - giveUpAt > 0) {
        throw unreachable(new TimeoutException("the created topics are not visible yet"));
      }
      pause();
    }
  }

  private void pause() {
    try {
      Thread.sleep(LOOK_AGAIN_MILLIS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw unreachable(interrupted);
    }
  }

  private List<TopicDescription> describe(Admin admin) {
    List<String> names = Topics.all().stream().map(topic -> topic.name(prefix)).toList();
    Map<String, KafkaFuture<TopicDescription>> answers =
        admin.describeTopics(names).topicNameValues();
    return names.stream().flatMap(name -> described(answerFor(name, answers)).stream()).toList();
  }

  /** The client returns a result for each requested name. */
  private static <T> KafkaFuture<T> answerFor(String name, Map<String, KafkaFuture<T>> answers) {
    return Objects.requireNonNull(answers.get(name), name);
  }

  private short replicas(Admin admin) {
    return automaticReplicas(await(admin.describeCluster().nodes()).size());
  }

  private NewTopic newTopic(Topic topic, short replicas) {
    Map<String, String> settings = new HashMap<>(topic.settings());
    if (replicas >= MOST_AUTO) {
      settings.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, Integer.toString(IN_SYNC_OF_THREE));
    }
    return new NewTopic(topic.name(prefix), topic.partitioned() ? partitions : 1, replicas)
        .configs(settings);
  }

  private boolean wasMissing(KafkaFuture<Void> answer) {
    try {
      await(answer);
      return true;
    } catch (TopicExistsException exists) {
      return false;
    }
  }

  private Collection<TopicDescription> described(KafkaFuture<TopicDescription> answer) {
    try {
      return List.of(await(answer));
    } catch (UnknownTopicOrPartitionException missing) {
      return List.of();
    }
  }

  /** The result; errors about an existing or unknown topic are passed on. */
  private <T> T await(KafkaFuture<T> answer) {
    try {
      return answer.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException failure) {
      switch (failure.getCause()) {
        case TopicExistsException exists -> throw exists;
        case UnknownTopicOrPartitionException unknown -> throw unknown;
        case org.apache.kafka.common.errors.TimeoutException slow -> throw unreachable(slow);
        case null, default ->
            throw ClusterFailure.denied(failure)
                .orElseGet(() ->
                    PagestreamException.of(
                            ErrorCode.BROKER_FAILED,
                            "the cluster at "
                                + kafka.bootstrapServers()
                                + " refuses: "
                                + failure.getMessage(),
                            "check the number of brokers and your permission to create topics")
                        .causedBy(failure));
      }
    } catch (TimeoutException slow) {
      throw unreachable(slow);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw unreachable(interrupted);
    }
  }

  private PagestreamException unreachable(Exception cause) {
    return PagestreamException.of(
            ErrorCode.BROKER_UNREACHABLE,
            "no response from " + kafka.bootstrapServers(),
            "check --bootstrap-servers, --config and that the broker is running")
        .causedBy(cause);
  }

  private static Map<String, Object> adminConfig(KafkaConnection kafka) {
    Map<String, Object> config = kafka.clientConfig();
    config.put(AdminClientConfig.CLIENT_ID_CONFIG, "pagestream-topics");
    config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
    return config;
  }
}
