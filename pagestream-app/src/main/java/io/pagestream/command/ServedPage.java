package io.pagestream.command;

import io.pagestream.findings.web.CaseSource;
import io.pagestream.findings.web.PageServer;
import io.pagestream.findings.web.PageSettings;
import io.pagestream.schemas.temporary.ExitTasks;
import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;

/** A page that is being served, as the terminal shows it. */
final class ServedPage implements AutoCloseable {
  private final PageServer server;
  private final PageSettings settings;
  private final Runnable closeSource;

  private ServedPage(PageServer server, PageSettings settings, Runnable closeSource) {
    this.server = server;
    this.settings = settings;
    this.closeSource = closeSource;
  }

  /** Starts to serve a case, which is closed with the page, or at once if the page cannot be. */
  static ServedPage start(CaseSource source, PageSettings settings, Runnable closeSource) {
    try {
      return new ServedPage(PageServer.start(source, settings), settings, closeSource);
    } catch (RuntimeException e) {
      closeSource.run();
      throw e;
    }
  }

  /** Says where the page is; with the token if there is one, since nobody could guess it. */
  void announce(PrintWriter terminal) {
    String link = settings.token().map(token -> "login?token=" + token).orElse("");
    terminal.println("page: " + server.url() + link);
    terminal.flush();
  }

  /**
   * Serves until the process is stopped (Ctrl-C), then closes. The closing is done by the hook: who
   * waits here would be stopped before it could.
   */
  void untilStopped() throws InterruptedException {
    var unusedRegistration = ExitTasks.add(ExitTasks.Phase.WORK, this::close);
    new CountDownLatch(1).await();
  }

  @Override
  public void close() {
    server.close();
    closeSource.run();
  }
}
