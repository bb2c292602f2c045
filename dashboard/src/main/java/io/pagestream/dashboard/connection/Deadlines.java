package io.pagestream.dashboard.connection;

import io.pagestream.dashboard.connection.Visit.Phase;
import io.pagestream.dashboard.connection.Visit.State;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which connections have had their time, and which has to go when there are too many. Pure. */
final class Deadlines {
  /** Longest time from the opening, or from the answer before, to the end of a request's header. */
  static final Duration HEADER = Duration.ofSeconds(15);

  /** Longest time for a body, which has 64 KiB at most. */
  static final Duration BODY = Duration.ofSeconds(10);

  private static final Comparator<State> FIRST_TO_GO =
      Comparator.comparing(State::admitted)
          .thenComparing(State::phase)
          // Differences, since nanoTime may overflow.
          .thenComparing((a, b) -> Long.signum(a.since() - b.since()));

  private Deadlines() {}

  /** Whether a connection has had its time; the time counts from one point, not from each byte. */
  static boolean isOver(State state, long now) {
    return switch (state.phase()) {
      case WAITING -> now - state.since() > HEADER.toNanos();
      case READING -> now - state.since() > BODY.toNanos();
      case ANSWERING -> false;
    };
  }

  /**
   * The connection to close in favor of a new one: one on which no client has logged in, the
   * longest waiting first. None if all are those of clients that were let in and are being
   * answered.
   */
  static Optional<State> toGo(List<State> open) {
    return open.stream()
        .filter(state -> !(state.admitted() && state.phase() == Phase.ANSWERING))
        .min(FIRST_TO_GO);
  }
}
