package io.pagestream.dashboard.api;

import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.http.sse.SseClient;
import io.pagestream.dashboard.connection.Visit;
import io.pagestream.dashboard.guard.Guard;
import io.pagestream.dashboard.live.CaseProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /api/events}: a live case's progress as server-sent events, twice a second when it has
 * changed. The number of subscribers is bounded, for each client and in total ({@link Shares}); a
 * subscriber that stalls does not delay others and is disconnected soon.
 */
public final class EventsApi implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventsApi.class);
  private static final int TICK_MILLIS = 500;

  private final Optional<Supplier<CaseProgress>> progress;
  private final List<Subscriber> subscribers = new ArrayList<>();
  private final ScheduledExecutorService ticks =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("pagestream-dashboard-events").daemon().factory());
  private boolean closed;

  /** Reports on a live case; a finished one has no events. */
  public EventsApi(Optional<Supplier<CaseProgress>> progress) {
    this.progress = progress;
    var _ =
        ticks.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Adds a subscriber; a subscriber that is replaced is notified and closed. */
  public void listen(SseClient client) {
    String owner = String.valueOf(client.ctx().<String>attribute(Guard.CLIENT));
    Subscriber subscriber = new Subscriber(client, owner, Visit.of(client.ctx().req()));
    client.keepAlive();
    client.onClose(() -> remove(subscriber));
    subscriber.offer(current());
    add(subscriber);
    subscriber.start();
  }

  private synchronized void add(Subscriber subscriber) {
    if (closed) {
      throw new HttpResponseException(HttpStatus.SERVICE_UNAVAILABLE.getCode(), "stopping");
    }
    int replaced =
        Shares.toReplace(subscribers.stream().map(Subscriber::owner).toList(), subscriber.owner());
    if (replaced >= 0) {
      subscribers.remove(replaced).replace();
    }
    subscribers.add(subscriber);
  }

  private synchronized void remove(Subscriber subscriber) {
    subscribers.remove(subscriber);
    subscriber.stop();
  }

  private synchronized List<Subscriber> all() {
    return List.copyOf(subscribers);
  }

  private String current() {
    return progress.map(supplier -> Json.text(supplier.get())).orElse("{\"state\":\"finished\"}");
  }

  private void tick() {
    try {
      String now = current();
      for (Subscriber subscriber : all()) {
        subscriber.offer(now);
        if (subscriber.hasStalled()) {
          subscriber.cut();
          remove(subscriber);
        }
      }
    } catch (RuntimeException e) {
      LOG.warn("progress cannot be reported", e);
    }
  }

  @Override
  public void close() {
    ticks.shutdownNow();
    synchronized (this) {
      closed = true;
    }
    all()
        .forEach(subscriber -> {
          subscriber.cut();
          remove(subscriber);
        });
  }
}
