package io.pagestream.dashboard.api;

import io.javalin.http.sse.SseClient;
import io.pagestream.dashboard.connection.Visit;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One subscriber to events, with a separate thread, because writing blocks if the client does not
 * read. New progress replaces progress that has not been sent, so that nothing accumulates.
 */
final class Subscriber {
  /** A client that reads nothing for this time is disconnected. */
  static final Duration STALL = Duration.ofSeconds(5);

  private static final Duration SILENCE = Duration.ofSeconds(15);
  private static final String REPLACED = "replaced";

  private final SseClient client;
  private final String owner;
  private final Visit visit;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private String latest = "";
  private String sent = "";
  private long writingSince;
  private boolean writing;
  private boolean replaced;
  private boolean stopped;

  Subscriber(SseClient client, String owner, Visit visit) {
    this.client = client;
    this.owner = owner;
    this.visit = visit;
  }

  /** The client of the subscriber. */
  String owner() {
    return owner;
  }

  void start() {
    var unusedThread = Thread.ofVirtual().name("pagestream-dashboard-subscriber").start(this::run);
  }

  /** Offers the current progress. */
  void offer(String progress) {
    change(() -> latest = progress);
  }

  /** Notifies it that it has been replaced, and ends it. */
  void replace() {
    change(() -> replaced = true);
  }

  /** Ends it, without waiting for a write in progress. */
  void stop() {
    change(() -> stopped = true);
  }

  /** Closes the connection, so that a blocked write ends. */
  void cut() {
    stop();
    visit.close("a subscriber that has stalled");
  }

  boolean hasStalled() {
    lock.lock();
    try {
      return writing && System.nanoTime() - writingSince > STALL.toNanos();
    } finally {
      lock.unlock();
    }
  }

  private void change(Runnable how) {
    lock.lock();
    try {
      how.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try {
      while (true) {
        String next = next();
        if (next == null) {
          return;
        }
        if (next.equals(REPLACED)) {
          client.sendEvent(REPLACED, "{}");
          client.close();
          return;
        }
        if (next.isEmpty()) {
          client.sendComment("keep-alive"); // detects clients that have disconnected
        } else {
          client.sendEvent("progress", next);
        }
        change(() -> writing = false);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * The next event: progress, {@link #REPLACED}, empty after a period without events; null at the
   * end.
   */
  private @Nullable String next() throws InterruptedException {
    lock.lock();
    try {
      long left = SILENCE.toNanos();
      while (!stopped && !replaced && latest.equals(sent) && left > 0) {
        left = changed.awaitNanos(left);
      }
      if (stopped) {
        return null;
      }
      writing = true;
      writingSince = System.nanoTime();
      if (replaced) {
        return REPLACED;
      }
      String next = latest.equals(sent) ? "" : latest;
      sent = latest;
      return next;
    } finally {
      lock.unlock();
    }
  }
}
