package io.pagestream.broker;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.utils.Exit;
import org.jspecify.annotations.Nullable;

/**
 * Kafka ends its process when a disk is full or its metadata is damaged. Inside this process that
 * would lose the case folder, so the call is intercepted here and reported to all open brokers.
 * Kafka has one hook for the whole JVM and does not identify the broker.
 */
final class FatalFaults implements AutoCloseable {
  private static final Set<FatalFaults> OPEN = ConcurrentHashMap.newKeySet();

  private final CompletableFuture<String> first = new CompletableFuture<>();

  private FatalFaults() {}

  /** Starts to watch. */
  static FatalFaults watch() {
    Exit.setHaltProcedure(FatalFaults::report);
    Exit.setExitProcedure(FatalFaults::report);
    FatalFaults watch = new FatalFaults();
    OPEN.add(watch);
    return watch;
  }

  /** Completes with a line about the first fault since the watch began. */
  CompletableFuture<String> first() {
    return first.copy();
  }

  /** Ends the watch; the hook remains, because threads of a hanging broker may still call it. */
  @Override
  public void close() {
    OPEN.remove(this);
  }

  private static void report(int status, @Nullable String message) {
    String line = message == null ? "Kafka gave up with status " + status : message;
    OPEN.forEach(watch -> watch.first.complete(line));
  }
}
