package io.pagestream.command;

/**
 * Unwinds work that was stopped by a signal, so that everything it has open is closed in order. The
 * process is ending already, with the exit code of the signal.
 */
final class StoppedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StoppedException() {
    super("stopped by a signal");
  }
}
