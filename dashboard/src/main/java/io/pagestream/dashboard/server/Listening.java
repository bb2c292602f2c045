package io.pagestream.dashboard.server;

import io.javalin.config.JavalinConfig;
import io.pagestream.dashboard.connection.ConnectionWatch;
import java.nio.file.Path;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The connector of the server, with limits, and with TLS if a key store is given. */
final class Listening {
  /** More than the number of connections: slow clients cannot use up all threads. */
  private static final int MOST_THREADS = ConnectionWatch.MOST + 40;

  private static final int LEAST_THREADS = 4;
  private static final int MOST_HEADER_BYTES = 16 * 1024;
  private static final int IDLE_MILLIS = 60_000;
  private static final int BACKLOG = 64;

  private Listening() {}

  static void configure(JavalinConfig config, DashboardSettings settings, ConnectionWatch watch) {
    QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, LEAST_THREADS);
    threads.setName("pagestream-dashboard");
    threads.setDaemon(true);
    config.jetty.threadPool = threads;
    config.jetty.modifyServer(server -> server.setHandler(watch));
    config.jetty.addConnector((server, http) -> {
      ServerConnector connector = connector(server, http, settings);
      connector.addBean(watch);
      return connector;
    });
  }

  private static ServerConnector connector(
      Server server, HttpConfiguration http, DashboardSettings settings) {
    http.setRequestHeaderSize(MOST_HEADER_BYTES);
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
    HttpConnectionFactory plain = new HttpConnectionFactory(http);
    ServerConnector connector =
        settings.keyStore().isEmpty()
            ? new ServerConnector(server, plain)
            : new ServerConnector(server, tls(settings.keyStore().get(), settings), plain);
    if (settings.keyStore().isPresent()) {
      // There is one certificate, whose name is checked by the client. Jetty's own
      // check would refuse every client that uses an IP address, since TLS sends no name for these.
      http.addCustomizer(new SecureRequestCustomizer(false));
    }
    connector.setHost(settings.listen());
    connector.setPort(settings.port());
    connector.setIdleTimeout(IDLE_MILLIS);
    connector.setAcceptQueueSize(BACKLOG);
    return connector;
  }

  private static SslConnectionFactory tls(Path keyStore, DashboardSettings settings) {
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setKeyStore(TlsKeys.load(keyStore, settings.keyStorePassword()));
    tls.setKeyStorePassword(settings.keyStorePassword());
    tls.setIncludeProtocols("TLSv1.3", "TLSv1.2");
    return new SslConnectionFactory(tls, "http/1.1");
  }
}
