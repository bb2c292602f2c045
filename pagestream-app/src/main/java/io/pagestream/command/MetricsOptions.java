package io.pagestream.command;

import io.pagestream.metrics.MetricsServer;
import io.pagestream.metrics.Probe;
import io.pagestream.metrics.Scraped;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for the metrics and the health of a stage. */
final class MetricsOptions {
  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      description = {
        "Serve /metrics (Prometheus), /health and /ready over HTTP on this port; 0 for any free one"
            + " (default: off)."
      })
  private @Nullable Integer port;

  @Option(
      names = "--metrics-listen",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = {
        "Address for --metrics-port (default: ${DEFAULT-VALUE}, this machine only). There is no"
            + " encryption and no token."
      })
  private String listen;

  boolean isOn() {
    return port != null;
  }

  /** Starts the server; only if it {@link #isOn}. */
  MetricsServer start(String stage, Scraped metrics, Probe probe, Consumer<String> say) {
    int given = port == null ? 0 : port;
    MetricsServer server =
        MetricsServer.start(
            listen, Bounds.check("--metrics-port", given, 0, 65_535), stage, metrics, probe);
    say.accept("metrics at %s/metrics".formatted(server.url()));
    return server;
  }
}
