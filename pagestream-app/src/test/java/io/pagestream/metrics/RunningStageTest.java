package io.pagestream.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pagestream.broker.BrokerSettings;
import io.pagestream.broker.EmbeddedBroker;
import io.pagestream.broker.TopicCreation;
import io.pagestream.cluster.BrokerWatch;
import io.pagestream.cluster.ClusterWait;
import io.pagestream.images.OpenOptions;
import io.pagestream.mapper.stage.MapperTopology;
import io.pagestream.pipeline.ImageBatch;
import io.pagestream.pipeline.ImageSubmission;
import io.pagestream.pipeline.StageRuntime;
import io.pagestream.producer.stream.ImageStreamer;
import io.pagestream.producer.stream.StreamListener;
import io.pagestream.producer.stream.StreamSettings;
import io.pagestream.schemas.connection.KafkaConnection;
import io.pagestream.schemas.topic.Topics;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mapper on a real broker, watched by a real HTTP client. */
final class RunningStageTest {
  private static final int PAGES = 40;
  private static final int PAGE = 4096;
  private static final int PARTITIONS = 2;
  private static final Duration LONG = Duration.ofMinutes(2);

  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void whatAnImageCostsIsCountedAndALostBrokerIsNoticed() throws Exception {
    StageMetrics metrics = new StageMetrics("mapper", "test");
    StageProbe probe = new StageProbe();
    EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.passing(folder.resolve("broker")));
    try (MetricsServer server = MetricsServer.start("127.0.0.1", 0, "mapper", metrics, probe)) {
      assertThat(get(server, "/health").statusCode()).isEqualTo(200);
      assertThat(get(server, "/ready").statusCode()).isEqualTo(503);
      KafkaConnection kafka = broker.connection();
      var unusedNames =
          new TopicCreation(kafka, Topics.DEFAULT_PREFIX, PARTITIONS, (short) 1).create();
      try (ClusterWait wait = ClusterWait.forBroker(kafka, LONG, line -> {});
          BrokerWatch watch = new BrokerWatch(wait, kafka, LONG, line -> {});
          StageRuntime runtime =
              StageRuntime.start(
                  MapperTopology.service(Topics.DEFAULT_PREFIX, metrics), settings(kafka))) {
        probe.started(runtime, watch);
        metrics.consumers(runtime::lagRecords, runtime::partitions);
        await().atMost(LONG).until(() -> get(server, "/ready").statusCode() == 200);
        assertThat(get(server, "/ready").body()).contains("RUNNING, 2 partitions");

        ProducerMetrics producer = stream(kafka);
        assertThat(producer.scrape().lines())
            .contains(
                "pagestream_pages_total{outcome=\"sent\",stage=\"producer\"} 40.0",
                "pagestream_images_total{event=\"opened\",stage=\"producer\"} 1.0",
                "pagestream_images_total{event=\"closed\",stage=\"producer\"} 1.0",
                "pagestream_in_flight_bytes{stage=\"producer\"} 0.0");
        await()
            .atMost(LONG)
            .untilAsserted(() ->
                assertThat(get(server, "/metrics").body().lines())
                    .contains(
                        "pagestream_images_total{event=\"closed\",stage=\"mapper\"} 2.0",
                        "pagestream_pages_total{outcome=\"zero\",stage=\"mapper\"} 39.0",
                        "pagestream_assigned_partitions{stage=\"mapper\"} 2.0",
                        "pagestream_lag_records{stage=\"mapper\"} 0.0"));
        assertThat(get(server, "/metrics").body()).doesNotContain("secret-host");

        broker.close();
        await().atMost(LONG).until(() -> get(server, "/ready").statusCode() == 503);
        assertThat(get(server, "/ready").body()).contains("no broker answers");
        assertThat(get(server, "/health").statusCode()).as("it may come back").isEqualTo(200);
      }
      assertThat(get(server, "/health").statusCode()).as("stopped").isEqualTo(503);
    } finally {
      broker.close();
    }
  }

  private StageRuntime.Settings settings(KafkaConnection kafka) {
    return new StageRuntime.Settings(
        kafka,
        Topics.DEFAULT_PREFIX,
        Topics.DEFAULT_PREFIX + "mapper",
        1,
        folder.resolve("state"),
        (short) 1);
  }

  private ProducerMetrics stream(KafkaConnection kafka) throws Exception {
    byte[] memory = new byte[PAGES * PAGE];
    memory[5 * PAGE] = 1;
    Path image = Files.write(folder.resolve("secret-host.raw"), memory);
    ProducerMetrics metrics = new ProducerMetrics("test");
    try (ImageBatch batch = ImageBatch.start(List.of(ImageSubmission.of(List.of(image))));
        ImageStreamer streamer = new ImageStreamer(StreamSettings.defaults(kafka))) {
      metrics.streamer(streamer);
      var unusedOutcome =
          batch.stream(
              0, streamer, OpenOptions.defaults(), metrics.before(new StreamListener() {}));
      return metrics;
    }
  }

  private HttpResponse<String> get(MetricsServer server, String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(server.url() + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
