package io.pagestream.dashboard.api;

import io.javalin.http.sse.SseClient;
import io.pagestream.dashboard.connection.Visit;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One subscriber to events, with a thread of its own: writing waits where the client does not read.
 * What comes meanwhile replaces what has not been sent, so that nothing piles up.
 */
final class Subscriber {
  /** A client that takes nothing for so long is cut off. */
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

  /** Whose it is. */
  String owner() {
    return owner;
  }

  void start() {
    var unusedThread = Thread.ofVirtual().name("pagestream-dashboard-subscriber").start(this::run);
  }

  /** The progress as it is now. */
  void offer(String progress) {
    change(() -> latest = progress);
  }

  /** Tells it that another one has taken its place, and ends it. */
  void replace() {
    change(() -> replaced = true);
  }

  /** Ends it; what is being written is not waited for. */
  void stop() {
    change(() -> stopped = true);
  }

  /** Closes the connection, so that a write which waits on it ends. */
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

  /** What to write next: progress, {@link #REPLACED}, empty after a silence; null at the end. */
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
