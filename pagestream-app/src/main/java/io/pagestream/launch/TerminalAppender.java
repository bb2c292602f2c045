package io.pagestream.launch;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import io.pagestream.cases.terminal.TerminalWriter;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/**
 * Log events on the terminal, one line each. Their messages may quote names and values, so they are
 * written with {@link TerminalWriter}, like the lines of stack traces.
 */
final class TerminalAppender extends AppenderBase<ILoggingEvent> {
  private final TerminalWriter terminal;
  private final boolean verbose;

  TerminalAppender(TerminalWriter terminal, boolean verbose) {
    this.terminal = terminal;
    this.verbose = verbose;
  }

  @Override
  protected void append(ILoggingEvent event) {
    if (!verbose) {
      terminal.println("pagestream: " + event.getFormattedMessage());
    } else {
      terminal.println(
          "%s %-5s [%s] %s: %s"
              .formatted(
                  time(event),
                  event.getLevel(),
                  event.getThreadName(),
                  event.getLoggerName(),
                  event.getFormattedMessage()));
      if (event.getThrowableProxy() instanceof ThrowableProxy thrown) {
        thrown.getThrowable().printStackTrace(terminal);
      }
    }
    terminal.flush();
  }

  private static String time(ILoggingEvent event) {
    return LocalTime.ofInstant(event.getInstant(), ZoneId.systemDefault())
        .truncatedTo(ChronoUnit.MILLIS)
        .toString();
  }
}
