package io.pagestream.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the server answers, to a real HTTP client. */
final class MetricsServerTest {
  private static final String LOOPBACK = "127.0.0.1";

  private boolean healthy = true;
  private boolean ready;
  private final HttpClient client = HttpClient.newHttpClient();
  private final MetricsServer server =
      MetricsServer.start(LOOPBACK, 0, "mapper", () -> "pagestream_runs_total 1.0\n", new Fixed());

  private final class Fixed implements Probe {
    @Override
    public Answer health() {
      return new Answer(healthy, "RUNNING");
    }

    @Override
    public Answer ready() {
      return new Answer(ready, "REBALANCING, 0 partitions");
    }
  }

  @AfterEach
  void stop() {
    server.close();
    client.close();
  }

  @Test
  void metricsAreText() throws Exception {
    HttpResponse<String> answer = get("/metrics");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type"))
        .contains("text/plain; version=0.0.4; charset=utf-8");
    assertThat(answer.body()).isEqualTo("pagestream_runs_total 1.0\n");
  }

  @Test
  void theStatusCodeIsTheAnswer() throws Exception {
    assertThat(get("/health").statusCode()).isEqualTo(200);
    assertThat(get("/ready").statusCode()).isEqualTo(503);
    assertThat(get("/ready").body())
        .isEqualToIgnoringNewLines(
            "{\"status\":\"down\",\"stage\":\"mapper\",\"state\":\"REBALANCING, 0 partitions\"}");
    healthy = false;
    ready = true;
    assertThat(get("/health").statusCode()).isEqualTo(503);
    assertThat(get("/ready").statusCode()).isEqualTo(200);
  }

  @Test
  void everythingElseIsRefused() throws Exception {
    assertThat(get("/").statusCode()).isEqualTo(404);
    assertThat(get("/metrics/../health/x").statusCode()).isEqualTo(404);
    HttpResponse<String> posted =
        client.send(
            request("/metrics").POST(HttpRequest.BodyPublishers.ofString("x")).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(posted.statusCode()).isEqualTo(405);
    HttpResponse<String> head =
        client.send(request("/metrics").HEAD().build(), HttpResponse.BodyHandlers.ofString());
    assertThat(head.statusCode()).isEqualTo(200);
  }

  @Test
  void aDocumentOfAnotherSiteThatResolvesToThisMachineIsRefused() throws Exception {
    try (Socket socket = connect()) {
      socket
          .getOutputStream()
          .write(
              "GET /metrics HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      assertThat(line(socket.getInputStream())).contains(" 403 ");
    }
  }

  @Test
  void clientsThatSendNothingDoNotStopOthers() throws Exception {
    List<Socket> silent = new ArrayList<>();
    try {
      for (int i = 0; i < 20; i++) {
        Socket socket = connect();
        silent.add(socket);
        socket.getOutputStream().write("GET /metr".getBytes(StandardCharsets.US_ASCII));
      }
      assertThat(get("/health").statusCode()).isEqualTo(200);
    } finally {
      for (Socket socket : silent) {
        socket.close();
      }
    }
  }

  @Test
  void aPortInUseAndAnUnknownAddressAreErrorsOfTheUser() {
    int port = URI.create(server.url()).getPort();
    assertThatThrownBy(() -> MetricsServer.start(LOOPBACK, port, "x", () -> "", new Fixed()))
        .isInstanceOfSatisfying(
            PagestreamException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE))
        .hasMessageContaining(LOOPBACK + ":" + port)
        .hasMessageContaining("--metrics-port");
    assertThatThrownBy(() -> MetricsServer.start("no.such.invalid", 0, "x", () -> "", new Fixed()))
        .isInstanceOf(PagestreamException.class)
        .hasMessageContaining("no.such.invalid");
  }

  @ParameterizedTest
  @EnumSource(KafkaStreams.State.class)
  void aStageIsReadyOnlyWhenItRuns(KafkaStreams.State state) {
    boolean runs = state == KafkaStreams.State.RUNNING;
    assertThat(StageProbe.ready(state, 2, true).yes()).isEqualTo(runs);
    assertThat(StageProbe.ready(state, 0, true).yes()).as("waits to take over").isEqualTo(runs);
    assertThat(StageProbe.ready(state, 2, false).yes()).as("no broker").isFalse();
    if (state == KafkaStreams.State.ERROR || state == KafkaStreams.State.PENDING_ERROR) {
      assertThat(StageProbe.health(state).yes()).isFalse();
    }
    assertThat(StageProbe.health(KafkaStreams.State.REBALANCING).yes()).isTrue();
  }

  private Socket connect() throws Exception {
    return new Socket(InetAddress.getLoopbackAddress(), URI.create(server.url()).getPort());
  }

  private static String line(InputStream in) throws Exception {
    return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
        .lines()
        .findFirst()
        .orElseThrow();
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server.url() + path));
  }
}
