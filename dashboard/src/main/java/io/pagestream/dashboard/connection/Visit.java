package io.pagestream.dashboard.connection;

import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Connection;

/** One open connection with its state. */
public final class Visit {
  /** Attribute of a request that contains its connection. */
  static final String ATTRIBUTE = "pagestream.visit";

  /** The phase of a connection. */
  enum Phase {
    /** Opened, or the previous response was sent: waiting for the header of a request. */
    WAITING,
    /** The header has arrived, the body has not. */
    READING,
    /** The request is being answered; an event stream stays in this phase. */
    ANSWERING
  }

  /**
   * The state of a connection.
   *
   * @param phase its phase
   * @param since when the phase began, in nanoseconds of {@link System#nanoTime()}
   * @param admitted whether a request on it has been admitted
   */
  record State(Phase phase, long since, boolean admitted) {
    State with(Phase next, long now) {
      return new State(next, now, admitted);
    }
  }

  private final Connection connection;
  private volatile State state;

  Visit(Connection connection, long now) {
    this.connection = connection;
    this.state = new State(Phase.WAITING, now, false);
  }

  /** The connection of a request. */
  public static Visit of(HttpServletRequest request) {
    if (request.getAttribute(ATTRIBUTE) instanceof Visit visit) {
      return visit;
    }
    throw new IllegalStateException("a request without a connection");
  }

  /** Marks that a request on it has been admitted: it is closed last when there are too many. */
  public synchronized void admitted() {
    state = new State(state.phase(), state.since(), true);
  }

  synchronized void enter(Phase phase, long now) {
    state = state.with(phase, now);
  }

  State state() {
    return state;
  }

  /** Closes it; reads and writes on it then fail with an exception. */
  public void close(String why) {
    connection.getEndPoint().close(new TimeoutException(why));
  }
}
