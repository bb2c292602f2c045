package io.pagestream.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.pagestream.dashboard.guard.HostNames;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves {@code /metrics}, {@code /health} and {@code /ready} over HTTP, to programs that monitor
 * the process. Nothing that it serves names an image or holds a part of one.
 */
public final class MetricsServer implements AutoCloseable {
  /** Content type of Prometheus' text format. */
  private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private static final Logger LOG = LoggerFactory.getLogger(MetricsServer.class);

  private static final int QUEUED_CONNECTIONS = 16;

  static {
    // The JDK's server has no limits of its own: a client that sends nothing would stay for ever.
    limit("jdk.httpserver.maxConnections", 32);
    limit("sun.net.httpserver.maxReqTime", 10); // seconds
    limit("sun.net.httpserver.maxRspTime", 10);
  }

  private final HttpServer server;
  private final ExecutorService threads;
  private final String stage;
  private final boolean loopbackOnly;

  private MetricsServer(
      HttpServer server, ExecutorService threads, String stage, boolean loopbackOnly) {
    this.server = server;
    this.threads = threads;
    this.stage = stage;
    this.loopbackOnly = loopbackOnly;
  }

  private static void limit(String property, int value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, Integer.toString(value));
    }
  }

  /**
   * Starts serving.
   *
   * @param address host name or address to listen on
   * @param port port; 0 for any free one
   * @param stage stage that the answers name
   * @throws PagestreamException {@link ErrorCode#USAGE} if the address cannot be listened on
   */
  public static MetricsServer start(
      String address, int port, String stage, Scraped metrics, Probe probe) {
    InetSocketAddress place = new InetSocketAddress(address, port);
    HttpServer server;
    try {
      server = HttpServer.create(place, QUEUED_CONNECTIONS);
    } catch (IOException | IllegalArgumentException | UnsupportedOperationException e) {
      throw PagestreamException.of(
              ErrorCode.USAGE,
              "metrics cannot be served on %s:%d: %s".formatted(address, port, e.getMessage()),
              "use another --metrics-port or --metrics-listen")
          .causedBy(e);
    }
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    boolean loopbackOnly = place.getAddress() != null && place.getAddress().isLoopbackAddress();
    MetricsServer served = new MetricsServer(server, threads, stage, loopbackOnly);
    server.createContext("/", exchange -> served.answer(exchange, metrics, probe));
    server.setExecutor(threads);
    server.start();
    return served;
  }

  /** The address: {@code http://127.0.0.1:9404}. */
  public String url() {
    InetSocketAddress place = server.getAddress();
    String host = place.getAddress().getHostAddress();
    return "http://%s:%d".formatted(host.contains(":") ? '[' + host + ']' : host, place.getPort());
  }

  private void answer(HttpExchange exchange, Scraped metrics, Probe probe) throws IOException {
    try (exchange) {
      String host = exchange.getRequestHeaders().getFirst("Host");
      boolean head = exchange.getRequestMethod().equals("HEAD");
      if (loopbackOnly && !HostNames.isLoopback(host)) {
        send(exchange, 403, "text/plain", "the Host header names another machine\n", head);
      } else if (!head && !exchange.getRequestMethod().equals("GET")) {
        exchange.getResponseHeaders().set("Allow", "GET, HEAD");
        send(exchange, 405, "text/plain", "only GET and HEAD\n", head);
      } else {
        switch (exchange.getRequestURI().getPath()) {
          case "/metrics" -> send(exchange, 200, METRICS_TYPE, metrics.scrape(), head);
          case "/health" -> send(exchange, probe.health(), head);
          case "/ready" -> send(exchange, probe.ready(), head);
          case null, default ->
              send(exchange, 404, "text/plain", "see /metrics, /health and /ready\n", head);
        }
      }
    } catch (RuntimeException e) {
      LOG.warn("a request for metrics failed", e);
    }
  }

  private void send(HttpExchange exchange, Probe.Answer answer, boolean head) throws IOException {
    send(exchange, answer.yes() ? 200 : 503, "application/json", answer.json(stage), head);
  }

  private static void send(
      HttpExchange exchange, int status, String type, String body, boolean head)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
    exchange.sendResponseHeaders(status, head ? -1 : bytes.length);
    if (!head) {
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(bytes);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
