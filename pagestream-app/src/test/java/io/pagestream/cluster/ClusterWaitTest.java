package io.pagestream.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagestream.broker.BrokerSettings;
import io.pagestream.broker.EmbeddedBroker;
import io.pagestream.broker.TopicCreation;
import io.pagestream.schemas.connection.KafkaConnection;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Waiting for a cluster ends, says why, and discloses no secret. */
class ClusterWaitTest {
  private static final String SECRET = "open-sesame";
  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final Duration LONG = Duration.ofMinutes(2);

  @TempDir static Path folder;
  private static EmbeddedBroker broker;

  @BeforeAll
  static void start() {
    broker = EmbeddedBroker.start(BrokerSettings.passing(folder.resolve("broker")));
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void aBrokerThatAnswersIsReportedAndItsTopicsAreFound() {
    List<String> said = new ArrayList<>();
    try (ClusterWait wait = ClusterWait.forBroker(broker.connection(), LONG, said::add)) {
      assertThat(said.getLast())
          .contains("connected to cluster", broker.bootstrapServers(), "1 broker");
      var unusedNames = new TopicCreation(broker.connection(), "wait.", 2, (short) 1).create();
      assertThat(wait.forTopics(List.of("wait.pages", "wait.findings"))).isEqualTo((short) 1);
    }
  }

  @Test
  void topicsThatDoNotExistAreNamed() {
    try (ClusterWait wait = ClusterWait.forBroker(broker.connection(), SHORT, line -> {})) {
      fails(() -> wait.forTopics(List.of("none.pages")), ErrorCode.USAGE, "none.pages");
    }
  }

  @Test
  void brokersThatAreMissingAreCounted() {
    try (ClusterWait wait = ClusterWait.forBroker(broker.connection(), SHORT, line -> {})) {
      assertThat(wait.forBrokers(1)).isOne();
      fails(() -> wait.forBrokers(3), ErrorCode.BROKER_UNREACHABLE, "has 1 of 3 brokers");
    }
  }

  @Test
  void withoutABrokerWaitingEndsAfterTheGivenTime() {
    List<String> said = new ArrayList<>();
    fails(
        () -> ClusterWait.forBroker(KafkaConnection.to("127.0.0.1:1"), SHORT, said::add),
        ErrorCode.BROKER_UNREACHABLE,
        "127.0.0.1:1");
    assertThat(said).isNotEmpty().allMatch(line -> line.contains("waiting for a broker"));
  }

  @Test
  void aWrongPasswordEndsWaitingAtOnceAndIsNotPrinted() {
    Map<String, String> properties = new HashMap<>(broker.connection().properties());
    properties.put(
        "sasl.jaas.config",
        "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"x\""
            + " password=\"%s\";".formatted(SECRET));
    KafkaConnection wrong = new KafkaConnection(broker.bootstrapServers(), properties);
    fails(
        () -> ClusterWait.forBroker(wrong, LONG, line -> {}),
        ErrorCode.ACCESS_DENIED,
        "do not accept each other");
  }

  @Test
  void propertiesThatAreInvalidEndWaitingAtOnceAndAreNotPrinted() {
    for (Map<String, String> invalid :
        List.of(
            Map.of("security.protocol", SECRET),
            Map.of(
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                SECRET),
            Map.of(
                "security.protocol",
                "SSL",
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.certificates",
                SECRET))) {
      fails(
          () ->
              ClusterWait.forBroker(
                  new KafkaConnection(broker.bootstrapServers(), invalid), LONG, line -> {}),
          ErrorCode.USAGE,
          "client properties are invalid");
    }
  }

  private static void fails(ThrowingCallable action, ErrorCode code, String what) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            PagestreamException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(what)
        .satisfies(e -> assertThat(e.toString()).doesNotContain(SECRET));
  }
}
