package io.pagestream.findings.web.api;

import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.http.sse.SseClient;
import io.pagestream.findings.web.live.CaseProgress;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /api/events}: a live case's progress as server-sent events, twice a second when it has
 * changed. The number of listeners is bounded.
 */
public final class EventsApi implements AutoCloseable {
  /** Most listeners at once. */
  public static final int MOST_CLIENTS = 32;

  private static final Logger LOG = LoggerFactory.getLogger(EventsApi.class);
  private static final int TICK_MILLIS = 500;
  private static final int TICKS_OF_SILENCE = 30;

  private final Optional<Supplier<CaseProgress>> progress;
  private final Set<SseClient> clients = ConcurrentHashMap.newKeySet();
  private final AtomicReference<String> last = new AtomicReference<>("");
  private final ScheduledExecutorService ticks =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("pagestream-page-events").daemon().factory());
  private int silence;

  /** Tells of a live case; of a finished one there is nothing to tell. */
  public EventsApi(Optional<Supplier<CaseProgress>> progress) {
    this.progress = progress;
    var _ =
        ticks.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Takes one more listener. */
  public void listen(SseClient client) {
    if (clients.size() >= MOST_CLIENTS) {
      throw new HttpResponseException(
          HttpStatus.SERVICE_UNAVAILABLE.getCode(), "too many pages are listening");
    }
    client.keepAlive();
    client.onClose(() -> clients.remove(client));
    client.sendEvent("progress", current());
    clients.add(client);
  }

  private String current() {
    return progress.map(supplier -> Json.text(supplier.get())).orElse("{\"state\":\"finished\"}");
  }

  private void tick() {
    try {
      String now = current();
      if (!now.equals(last.getAndSet(now))) {
        silence = 0;
        clients.forEach(client -> client.sendEvent("progress", now));
      } else if (++silence >= TICKS_OF_SILENCE) {
        silence = 0;
        clients.forEach(client -> client.sendComment("still here")); // notices who has gone
      }
    } catch (RuntimeException e) {
      LOG.warn("progress cannot be told", e);
    }
  }

  @Override
  public void close() {
    ticks.shutdownNow();
    clients.forEach(SseClient::close);
  }
}
