package io.pagestream.launch;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.read.CyclicBufferAppender;
import ch.qos.logback.core.spi.FilterReply;
import io.pagestream.cases.terminal.TerminalWriter;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Destinations of log messages. The terminal shows Pagestream's own warnings, one line each;
 * Kafka's messages and stack traces are shown only with {@code --verbose}, because they do not help
 * users who examine memory. The last events are kept in memory, for the report of an internal
 * error.
 *
 * <p>Configured in code: reading a configuration file would take longer than {@code --version} may.
 */
final class Logging {
  private static final int KEPT_EVENTS = 500;
  private static final String KEPT = "KEPT";

  private Logging() {}

  /** Replaces any previous logging configuration. */
  static void start(TerminalWriter err, boolean verbose) {
    ILoggerFactory factory = LoggerFactory.getILoggerFactory();
    if (!(factory instanceof LoggerContext context)) {
      return; // Another backend was intentionally put on the class path.
    }
    context.reset();
    var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(verbose ? Level.INFO : Level.WARN);
    context.getLogger("io.pagestream").setLevel(verbose ? Level.DEBUG : Level.INFO);
    root.addAppender(terminal(context, err, verbose));
    root.addAppender(kept(context));
    Thread.setDefaultUncaughtExceptionHandler((thread, failure) ->
        LoggerFactory.getLogger(Logging.class)
            .error("thread {} ended by an exception", thread.getName(), failure));
  }

  /** The last events, oldest first; empty before {@link #start}. */
  static List<ILoggingEvent> lastEvents() {
    List<ILoggingEvent> events = new ArrayList<>();
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context
        && context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender(KEPT)
            instanceof CyclicBufferAppender<ILoggingEvent> kept) {
      for (int i = 0; i < kept.getLength(); i++) {
        events.add(kept.get(i));
      }
    }
    return events;
  }

  private static TerminalAppender terminal(
      LoggerContext context, TerminalWriter err, boolean verbose) {
    TerminalAppender terminal = new TerminalAppender(err, verbose);
    terminal.setContext(context);
    if (!verbose) {
      OurWarnings ours = new OurWarnings();
      ours.start();
      terminal.addFilter(ours);
    }
    terminal.start();
    return terminal;
  }

  private static CyclicBufferAppender<ILoggingEvent> kept(LoggerContext context) {
    CyclicBufferAppender<ILoggingEvent> kept = new CyclicBufferAppender<>();
    kept.setContext(context);
    kept.setName(KEPT);
    kept.setMaxSize(KEPT_EVENTS);
    kept.start();
    return kept;
  }

  /** Accepts only warnings of Pagestream itself. */
  private static final class OurWarnings extends Filter<ILoggingEvent> {
    @Override
    public FilterReply decide(ILoggingEvent event) {
      boolean ours = event.getLoggerName().startsWith("io.pagestream");
      return ours && event.getLevel().isGreaterOrEqual(Level.WARN)
          ? FilterReply.NEUTRAL
          : FilterReply.DENY;
    }
  }
}
