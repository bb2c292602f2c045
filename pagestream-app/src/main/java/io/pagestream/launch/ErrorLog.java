package io.pagestream.launch;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import io.pagestream.cases.terminal.TerminalWriter;
import io.pagestream.program.Secrets;
import io.pagestream.program.Versions;
import io.pagestream.schemas.temporary.ProcessFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The file that an internal error writes for its diagnosis. */
final class ErrorLog {
  private ErrorLog() {}

  /**
   * Writes stack trace, versions and the last log events to a new file in the folder for temporary
   * files, readable only by its owner (events may quote evidence), and returns it. Secrets of the
   * command line are masked, and the file can be shown on a terminal.
   */
  static Path write(Throwable failure, List<String> args) throws IOException {
    Path file = Files.createTempFile(ProcessFolder.parent(), "pagestream-error-", ".log");
    try (PrintWriter out = new TerminalWriter(Files.newBufferedWriter(file), false)) {
      for (String line : new Versions().getVersion()) {
        out.println(line);
      }
      out.println("arguments: " + Secrets.masked(args));
      out.println();
      failure.printStackTrace(out);
      out.println();
      for (ILoggingEvent event : Logging.lastEvents()) {
        out.println(
            "%s %s [%s] %s: %s"
                .formatted(
                    event.getInstant(),
                    event.getLevel(),
                    event.getThreadName(),
                    event.getLoggerName(),
                    event.getFormattedMessage()));
        if (event.getThrowableProxy() instanceof ThrowableProxy thrown) {
          thrown.getThrowable().printStackTrace(out);
        }
      }
    }
    return file;
  }
}
