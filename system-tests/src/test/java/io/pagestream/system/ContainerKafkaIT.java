package io.pagestream.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.broker.TopicCreation;
import io.pagestream.schemas.connection.KafkaConnection;
import io.pagestream.schemas.topic.Topics;
import io.pagestream.system.Program.Running;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;

/**
 * The stages with an external Kafka in a container (docs/testcontainers.md). Skipped, and reported
 * as skipped, if no Docker engine is available.
 */
final class ContainerKafkaIT {
  private static final String KAFKA = "apache/kafka:4.3.1";
  private static final int PARTITIONS = 4;
  private static final long END_SECONDS = 300;

  @TempDir Path folder;

  @BeforeAll
  static void needsDocker() {
    boolean answers = DockerClientFactory.instance().isDockerAvailable();
    if (!answers) {
      System.out.println("SKIPPED: ContainerKafkaIT, since no Docker engine answers here");
    }
    Assumptions.assumeTrue(answers, "no Docker engine answers here");
  }

  @Test
  void findsTheSameAsOneProcess() throws Exception {
    FinishedCase reference =
        LocalJob.USUAL.run(folder.resolve("reference"), List.of(Repository.SAMPLE));
    try (KafkaContainer kafka = new KafkaContainer(KAFKA)) {
      kafka.start();
      KafkaConnection servers = KafkaConnection.to(kafka.getBootstrapServers());
      var unusedNames =
          new TopicCreation(servers, Topics.DEFAULT_PREFIX, PARTITIONS, (short) 1).create();
      Path logs = Files.createDirectory(folder.resolve("logs"));
      try (Cluster cluster = Cluster.on(logs, servers)) {
        cluster.stage("mapper");
        cluster.stage("analyzers");
        Running producer = cluster.producer(Repository.SAMPLE);
        assertThat(producer.process().waitFor(END_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(producer.process().exitValue()).isZero();
        FinishedCase finished =
            FinishedCase.collect(
                servers,
                Repository.imageId(Repository.SAMPLE),
                Files.createDirectory(folder.resolve("scratch")));
        new Promise.EveryPageAccounted().verify(finished);
        new Promise.SameFindings(reference).verify(finished);
      }
    }
  }
}
