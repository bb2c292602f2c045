package io.pagestream.command;

import io.pagestream.findings.web.PageServer;
import io.pagestream.findings.web.PageSettings;
import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;

/** A page that is being served, as the terminal shows it. */
final class ServedPage {
  private ServedPage() {}

  /** Says where the page is; with the token if there is one, since nobody could guess it. */
  static void announce(PrintWriter terminal, PageServer server, PageSettings settings) {
    String link = settings.token().map(token -> "login?token=" + token).orElse("");
    terminal.println("page: " + server.url() + link);
    terminal.flush();
  }

  /**
   * Serves until the process is stopped (Ctrl-C), then closes. The closing is done by the hook: who
   * waits here would be stopped before it could.
   */
  static void untilStopped(Runnable close) throws InterruptedException {
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("pagestream-page-stop").unstarted(close));
    new CountDownLatch(1).await();
  }
}
