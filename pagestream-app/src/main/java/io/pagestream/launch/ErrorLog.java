package io.pagestream.launch;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The file that an internal error leaves for the people who will mend it. */
final class ErrorLog {
  private ErrorLog() {}

  /**
   * Writes stack trace, versions and the last log events to a new file in the folder for temporary
   * files, readable by its owner only (events may quote evidence), and returns it.
   */
  static Path write(Throwable failure, List<String> args) throws IOException {
    Path file = Files.createTempFile("pagestream-error-", ".log");
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
      for (String line : new Versions().getVersion()) {
        out.println(line);
      }
      out.println("arguments: " + args);
      out.println();
      failure.printStackTrace(out);
      out.println();
      for (ILoggingEvent event : Logging.lastEvents()) {
        out.printf(
            "%s %s [%s] %s: %s%n",
            event.getInstant(),
            event.getLevel(),
            event.getThreadName(),
            event.getLoggerName(),
            event.getFormattedMessage());
        if (event.getThrowableProxy() != null) {
          out.println(ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
      }
    }
    return file;
  }
}
