package io.pagestream.cluster;

import io.pagestream.schemas.clock.AttendedTime;
import io.pagestream.schemas.connection.ClusterFailure;
import io.pagestream.schemas.connection.KafkaConnection;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Waits for a cluster and its topics, and says what it waits for. */
public final class ClusterWait implements AutoCloseable {
  private static final Duration SAY_EVERY = Duration.ofSeconds(10);
  private static final Duration ATTEMPT = Duration.ofSeconds(2);
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final Duration STEP = ATTEMPT.plus(PAUSE).multipliedBy(2);

  private final KafkaConnection kafka;
  private final Duration most;
  private final Consumer<String> say;
  private final Admin admin;

  /** A condition of the cluster. */
  @FunctionalInterface
  private interface Condition<T> {
    /**
     * Its result; a failed attempt is repeated.
     *
     * @throws Unready if it does not hold yet
     */
    T check() throws InterruptedException, ExecutionException, TimeoutException, Unready;
  }

  /** The condition does not hold yet. */
  private static final class Unready extends Exception {
    private static final long serialVersionUID = 1;

    private final transient PagestreamException late;

    /**
     * A condition that does not hold yet.
     *
     * @param late the error if it does not hold in time
     */
    Unready(String what, PagestreamException late) {
      super(what);
      this.late = late;
    }
  }

  private ClusterWait(KafkaConnection kafka, Duration most, Consumer<String> say, Admin admin) {
    this.kafka = kafka;
    this.most = most;
    this.say = say;
    this.admin = admin;
  }

  /**
   * Waits until a broker answers.
   *
   * @param kafka the cluster
   * @param most time after which waiting ends
   * @param say receives lines about the progress
   * @throws PagestreamException {@link ErrorCode#BROKER_UNREACHABLE} after that time; {@link
   *     ErrorCode#ACCESS_DENIED} or {@link ErrorCode#USAGE} if waiting does not help
   */
  public static ClusterWait forBroker(KafkaConnection kafka, Duration most, Consumer<String> say) {
    ClusterWait wait = new ClusterWait(kafka, most, say, admin(kafka, most, say));
    try {
      say.accept(wait.await("a broker at " + kafka.bootstrapServers(), wait::describe));
      return wait;
    } catch (RuntimeException e) {
      wait.close();
      throw e;
    }
  }

  /** A client; repeated while no host name can be resolved. */
  private static Admin admin(KafkaConnection kafka, Duration most, Consumer<String> say) {
    AttendedTime waited = new AttendedTime(STEP);
    boolean said = false;
    while (true) {
      try {
        Map<String, Object> config = kafka.clientConfig();
        config.put(AdminClientConfig.CLIENT_ID_CONFIG, "pagestream-wait");
        return Admin.create(config);
      } catch (KafkaException e) {
        if (!ClusterFailure.isUnresolvedHost(e)) {
          throw ClusterFailure.invalidProperties(e.getClass());
        }
        if (waited.read().compareTo(most) >= 0) {
          throw unreachable(kafka, most, "its name cannot be resolved");
        }
        if (!said) {
          said = true;
          say.accept("waiting for a broker at " + kafka.bootstrapServers() + ": unknown host");
        }
        pause();
      }
    }
  }

  private String describe() throws InterruptedException, ExecutionException, TimeoutException {
    DescribeClusterResult cluster = admin.describeCluster();
    int brokers = cluster.nodes().get(ATTEMPT.toMillis(), TimeUnit.MILLISECONDS).size();
    String id = cluster.clusterId().get(ATTEMPT.toMillis(), TimeUnit.MILLISECONDS);
    return "connected to cluster %s at %s, %d broker%s"
        .formatted(id, kafka.bootstrapServers(), brokers, brokers == 1 ? "" : "s");
  }

  /**
   * Waits until a cluster has a number of brokers.
   *
   * @param least the number; with 1, the cluster is only asked
   * @return the number of brokers, at least that many
   * @throws PagestreamException {@link ErrorCode#BROKER_UNREACHABLE} if there are fewer in time
   */
  public int forBrokers(int least) {
    return await(
        "%d brokers".formatted(least),
        () -> {
          int brokers =
              admin.describeCluster().nodes().get(ATTEMPT.toMillis(), TimeUnit.MILLISECONDS).size();
          if (brokers < least) {
            String found = "the cluster has %d of %d brokers".formatted(brokers, least);
            throw new Unready(
                found,
                PagestreamException.of(
                    ErrorCode.BROKER_UNREACHABLE,
                    found,
                    "start the others, wait longer with --wait, or give a smaller --brokers"));
          }
          return brokers;
        });
  }

  /**
   * Waits until topics exist.
   *
   * @return the number of replicas of the first
   * @throws PagestreamException {@link ErrorCode#USAGE} if they do not exist in time
   */
  public short forTopics(List<String> topics) {
    return await(
        "the topics",
        () -> {
          Map<String, KafkaFuture<TopicDescription>> answers =
              admin.describeTopics(topics).topicNameValues();
          List<String> missing = new ArrayList<>();
          short replicas = 1;
          for (String topic : topics) {
            try {
              TopicDescription found =
                  Objects.requireNonNull(answers.get(topic), topic)
                      .get(ATTEMPT.toMillis(), TimeUnit.MILLISECONDS);
              if (topic.equals(topics.getFirst())) {
                replicas = (short) found.partitions().getFirst().replicas().size();
              }
            } catch (ExecutionException e) {
              switch (e.getCause()) {
                case UnknownTopicOrPartitionException unknown -> missing.add(topic);
                // The cluster's answer does not name the topic.
                case TopicAuthorizationException denied ->
                    throw new ExecutionException(
                        new TopicAuthorizationException(
                            "the topic " + topic + " cannot be described", Set.of(topic)));
                case null, default -> throw e;
              }
            }
          }
          if (!missing.isEmpty()) {
            String names = String.join(", ", missing);
            throw new Unready(names, missing(names));
          }
          return replicas;
        });
  }

  /** Whether a broker answers now. */
  public boolean isAnswering() throws InterruptedException {
    try {
      describe();
      return true;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }

  private <T> T await(String what, Condition<T> condition) {
    AttendedTime waited = new AttendedTime(STEP);
    Duration said = Duration.ZERO;
    String last = "no answer";
    PagestreamException late = null;
    while (true) {
      try {
        return condition.check();
      } catch (TimeoutException e) {
        last = "no answer";
      } catch (Unready e) {
        late = e.late;
        last = String.valueOf(e.getMessage());
      } catch (ExecutionException e) {
        ClusterFailure.denied(e)
            .ifPresent(denied -> {
              throw denied;
            });
        if (!(e.getCause() instanceof RetriableException)) {
          throw unreachable(kafka, waited.read(), String.valueOf(e.getCause())).causedBy(e);
        }
        last = String.valueOf(e.getCause().getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw unreachable(kafka, waited.read(), "interrupted").causedBy(e);
      }
      Duration now = waited.read();
      if (said.isZero() || now.minus(said).compareTo(SAY_EVERY) >= 0) {
        said = now.plusNanos(1);
        say.accept(
            "waiting for %s, %d of %d s: %s"
                .formatted(what, now.toSeconds(), most.toSeconds(), last));
      }
      if (now.compareTo(most) >= 0) {
        throw late == null ? unreachable(kafka, now, last) : late;
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static PagestreamException missing(String topics) {
    return PagestreamException.of(
        ErrorCode.USAGE,
        "the cluster has no topics " + topics,
        "create them with 'pagestream topics create' and the same --prefix");
  }

  static PagestreamException unreachable(KafkaConnection kafka, Duration waited, String why) {
    return PagestreamException.of(
        ErrorCode.BROKER_UNREACHABLE,
        "no broker has answered at %s for %d s: %s"
            .formatted(kafka.bootstrapServers(), waited.toSeconds(), why),
        "check --bootstrap-servers, security.protocol of --config and that the broker is running;"
            + " --wait changes the time");
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }
}
