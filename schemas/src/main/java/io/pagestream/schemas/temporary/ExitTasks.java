package io.pagestream.schemas.temporary;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tasks that run when the process ends, by itself or by SIGINT or SIGTERM, in a defined order,
 * unlike the JVM's own hooks: work ends before the servers that it uses, and folders are deleted
 * when no task writes to them any longer.
 */
public final class ExitTasks {
  /** The phase in which a task runs; tasks of one phase run concurrently. */
  public enum Phase {
    /** Ends running work: streams, exports, jobs. */
    WORK,
    /** Stops servers: brokers. */
    SERVERS,
    /** Deletes folders. */
    FOLDERS
  }

  /** A task that can be cancelled. */
  public interface Registration extends AutoCloseable {
    /** Cancels the task; does nothing while the process ends. */
    @Override
    void close();
  }

  /** Time limit for one phase; the process may be killed soon afterwards anyway. */
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private static final Logger LOG = LoggerFactory.getLogger(ExitTasks.class);
  private static final Map<Phase, Set<Runnable>> TASKS = new EnumMap<>(Phase.class);
  private static volatile boolean underway;

  static {
    for (Phase phase : Phase.values()) {
      TASKS.put(phase, ConcurrentHashMap.newKeySet());
    }
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("pagestream-exit").unstarted(ExitTasks::run));
  }

  private ExitTasks() {}

  /** Adds a task. While the process ends, it is too late and the task is not run. */
  public static Registration add(Phase phase, Runnable task) {
    Runnable unique = () -> task.run(); // the same task may be added twice
    of(phase).add(unique);
    return () -> of(phase).remove(unique);
  }

  /** Whether the process is ending. Errors of interrupted work are then not reported. */
  public static boolean underway() {
    return underway;
  }

  private static Set<Runnable> of(Phase phase) {
    return TASKS.getOrDefault(phase, Set.of());
  }

  private static void run() {
    underway = true;
    for (Phase phase : Phase.values()) {
      run(List.copyOf(of(phase)));
    }
  }

  private static void run(List<Runnable> tasks) {
    long end = System.nanoTime() + LIMIT.toNanos();
    List<Thread> threads = new ArrayList<>();
    for (Runnable task : tasks) {
      threads.add(
          Thread.ofPlatform().daemon().name("pagestream-exit-task").start(() -> quietly(task)));
    }
    try {
      for (Thread thread : threads) {
        thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void quietly(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.warn("while the process ended", e);
    }
  }
}
