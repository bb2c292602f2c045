package io.pagestream.dashboard.connection;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.handler.EventsHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits the number of connections, and the time in which a client must send a header or a body.
 * Jetty's idle time-out restarts with every byte, so one byte per second would keep a connection
 * open forever.
 */
public final class ConnectionWatch extends EventsHandler
    implements Connection.Listener, AutoCloseable {
  /** Maximum number of concurrent connections. */
  public static final int MOST = 200;

  private static final Logger LOG = LoggerFactory.getLogger(ConnectionWatch.class);
  private static final int LOOK_MILLIS = 250;

  private final Map<Connection, Visit> open = new ConcurrentHashMap<>();
  private final ScheduledExecutorService looks =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("pagestream-dashboard-connections").daemon().factory());

  /** A watch that checks connections four times a second until it is closed. */
  public ConnectionWatch() {
    var _ =
        looks.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void onOpened(Connection connection) {
    if (!(connection instanceof ConnectionMetaData)) {
      return; // the TLS layer of a connection that is already counted
    }
    if (open.size() >= MOST && !makeRoom()) {
      connection.getEndPoint().close();
      return;
    }
    open.put(connection, new Visit(connection, System.nanoTime()));
  }

  private synchronized boolean makeRoom() {
    IdentityHashMap<Visit.State, Visit> states = new IdentityHashMap<>();
    open.values().forEach(visit -> states.put(visit.state(), visit));
    var unlucky = Deadlines.toGo(List.copyOf(states.keySet()));
    unlucky.map(states::get).ifPresent(visit -> visit.close("too many connections"));
    return unlucky.isPresent();
  }

  @Override
  public void onClosed(Connection connection) {
    open.remove(connection);
  }

  @Override
  protected void onBeforeHandling(Request request) {
    Connection connection = request.getConnectionMetaData().getConnection();
    Visit visit = open.computeIfAbsent(connection, opened -> new Visit(opened, System.nanoTime()));
    visit.enter(hasBody(request) ? Visit.Phase.READING : Visit.Phase.ANSWERING, System.nanoTime());
    request.setAttribute(Visit.ATTRIBUTE, visit);
  }

  private static boolean hasBody(Request request) {
    return request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING)
        || request.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH) > 0;
  }

  @Override
  protected void onRequestRead(Request request, Content.@Nullable Chunk chunk) {
    if (chunk != null
        && chunk.isLast()
        && request.getAttribute(Visit.ATTRIBUTE) instanceof Visit visit) {
      visit.enter(Visit.Phase.ANSWERING, System.nanoTime());
    }
  }

  @Override
  protected void onComplete(
      Request request, int status, HttpFields headers, @Nullable Throwable failure) {
    if (request.getAttribute(Visit.ATTRIBUTE) instanceof Visit visit) {
      visit.enter(Visit.Phase.WAITING, System.nanoTime());
    }
  }

  private void look() {
    try {
      long now = System.nanoTime();
      for (Visit visit : open.values()) {
        if (Deadlines.isOver(visit.state(), now)) {
          visit.close("too slow");
        }
      }
    } catch (RuntimeException e) {
      LOG.warn("connections cannot be watched", e);
    }
  }

  @Override
  public void close() {
    looks.shutdownNow();
  }
}
