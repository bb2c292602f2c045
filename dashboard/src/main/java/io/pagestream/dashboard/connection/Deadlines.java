package io.pagestream.dashboard.connection;

import io.pagestream.dashboard.connection.Visit.Phase;
import io.pagestream.dashboard.connection.Visit.State;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Determines which connections are overdue, and which one to close when there are too many. Pure.
 */
final class Deadlines {
  /** Maximum time from opening, or from the previous response, to the end of a request's header. */
  static final Duration HEADER = Duration.ofSeconds(15);

  /** Maximum time for a body, which has at most 64 KiB. */
  static final Duration BODY = Duration.ofSeconds(10);

  private static final Comparator<State> FIRST_TO_GO =
      Comparator.comparing(State::admitted)
          .thenComparing(State::phase)
          // Compares differences, because nanoTime may overflow.
          .thenComparing((a, b) -> Long.signum(a.since() - b.since()));

  private Deadlines() {}

  /** Whether a connection is overdue; the time starts once, not with each byte. */
  static boolean isOver(State state, long now) {
    return switch (state.phase()) {
      case WAITING -> now - state.since() > HEADER.toNanos();
      case READING -> now - state.since() > BODY.toNanos();
      case ANSWERING -> false;
    };
  }

  /**
   * The connection to close in favor of a new one: the connection without an admitted request that
   * has waited longest. None if all connections belong to admitted clients whose requests are being
   * answered.
   */
  static Optional<State> toGo(List<State> open) {
    return open.stream()
        .filter(state -> !(state.admitted() && state.phase() == Phase.ANSWERING))
        .min(FIRST_TO_GO);
  }
}
