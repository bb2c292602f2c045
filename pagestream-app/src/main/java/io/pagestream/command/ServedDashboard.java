package io.pagestream.command;

import io.pagestream.dashboard.server.DashboardServer;
import io.pagestream.dashboard.server.DashboardSettings;
import io.pagestream.dashboard.source.CaseSource;
import io.pagestream.schemas.temporary.ExitTasks;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** A dashboard that is being served, with its output on the terminal. */
final class ServedDashboard implements AutoCloseable {
  private final DashboardServer server;
  private final Optional<EntryFiles> entry;
  private final Runnable closeSource;

  private ServedDashboard(
      DashboardServer server, Optional<EntryFiles> entry, Runnable closeSource) {
    this.server = server;
    this.entry = entry;
    this.closeSource = closeSource;
  }

  /** Starts serving a case, which is closed with the dashboard, or immediately on failure. */
  static ServedDashboard start(
      CaseSource source, DashboardSettings settings, Runnable closeSource) {
    DashboardServer server = null;
    try {
      DashboardServer started = DashboardServer.start(source, settings);
      server = started;
      Optional<EntryFiles> entry =
          settings
              .token()
              .map(token -> EntryFiles.write(started.localUrl(), started.ticket(), token));
      return new ServedDashboard(server, entry, closeSource);
    } catch (RuntimeException e) {
      if (server != null) {
        server.close();
      }
      closeSource.run();
      throw e;
    }
  }

  /** Prints the address of the dashboard and the files for opening it; never the token itself. */
  void announce(PrintWriter terminal) {
    terminal.println("dashboard: " + server.url());
    entry.ifPresent(files -> {
      terminal.println("  open   " + files.form().toUri());
      terminal.println("  token  " + files.token());
    });
    terminal.flush();
  }

  /**
   * Serves until the process is stopped (Ctrl-C), then closes. The hook closes it: the waiting
   * thread would be stopped before it could.
   */
  void untilStopped() throws InterruptedException {
    var unusedRegistration = ExitTasks.add(ExitTasks.Phase.WORK, this::close);
    new CountDownLatch(1).await();
  }

  @Override
  public void close() {
    entry.ifPresent(EntryFiles::close);
    server.close();
    closeSource.run();
  }
}
