package io.pagestream.dashboard.connection;

import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Connection;

/** One open connection, and how far its client is. */
public final class Visit {
  /** Attribute of a request under which its connection is found. */
  static final String ATTRIBUTE = "pagestream.visit";

  /** What a connection does at a time. */
  enum Phase {
    /** Opened, or the answer before is sent: the header of a request is to come. */
    WAITING,
    /** The header is there, the body is not yet. */
    READING,
    /** The request is there, and is being answered; an event stream stays here. */
    ANSWERING
  }

  /**
   * How far a connection is.
   *
   * @param phase what it does
   * @param since when it began to, in nanoseconds of {@link System#nanoTime()}
   * @param admitted whether a request on it has been let in
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

  /**
   * A request on it has been let in: it is one of the last to be closed when there are too many.
   */
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
