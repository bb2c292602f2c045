package io.pagestream.command;

import io.pagestream.cases.collect.CaseFollower;
import io.pagestream.dashboard.server.DashboardSettings;
import io.pagestream.dashboard.source.FollowedCase;
import io.pagestream.schemas.connection.KafkaConnection;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The dashboard of a job that runs in this process; it keeps running when the job has ended. */
final class JobDashboard implements Function<KafkaConnection, CaseFollower>, AutoCloseable {
  private final Path caseFolder;
  private final List<Path> images;
  private final DashboardSettings settings;
  private final PrintWriter terminal;
  private @Nullable ServedDashboard dashboard;

  /**
   * A dashboard that is not served yet.
   *
   * @param files the image files; pages are read from their folders
   */
  JobDashboard(
      Path caseFolder,
      List<Path> files,
      List<Path> images,
      DashboardSettings settings,
      PrintWriter terminal) {
    Set<Path> folders = new LinkedHashSet<>(images);
    files.forEach(file -> folders.add(file.toAbsolutePath().normalize().getParent()));
    this.caseFolder = caseFolder;
    this.images = List.copyOf(folders);
    this.settings = settings;
    this.terminal = terminal;
  }

  /** Starts serving the case, which is empty. */
  @Override
  public CaseFollower apply(KafkaConnection kafka) {
    FollowedCase followed =
        FollowedCase.ofJob(
            new FollowedCase.Settings(
                String.valueOf(caseFolder.getFileName()), images, caseFolder));
    ServedDashboard served = ServedDashboard.start(followed.source(), settings, followed::close);
    dashboard = served;
    served.announce(terminal);
    return followed.follower();
  }

  /** Serves until Ctrl-C. */
  void untilStopped() throws InterruptedException {
    if (dashboard != null) {
      terminal.println("The dashboard keeps running until you stop it (Ctrl-C).");
      terminal.flush();
      dashboard.untilStopped();
    }
  }

  @Override
  public void close() {
    if (dashboard != null) {
      dashboard.close();
    }
  }
}
