package io.pagestream.command;

import io.pagestream.dashboard.server.DashboardSettings;
import io.pagestream.dashboard.source.FollowedCase;
import io.pagestream.pipeline.AnalyzeJob;
import io.pagestream.schemas.connection.KafkaConnection;
import io.pagestream.schemas.topic.Topics;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The dashboard of a job that runs in this process; it keeps running when the job has ended. */
final class JobDashboard implements AnalyzeJob.Watcher, AutoCloseable {
  private final Path caseFolder;
  private final List<Path> images;
  private final DashboardSettings settings;
  private final PrintWriter terminal;
  private @Nullable FollowedCase followed;
  private @Nullable ServedDashboard dashboard;

  /**
   * A dashboard that is not served yet.
   *
   * @param files the image files; their folders are where pages are read from
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

  @Override
  public void started(KafkaConnection kafka) {
    FollowedCase opened =
        FollowedCase.open(
            new FollowedCase.Settings(
                String.valueOf(caseFolder.getFileName()),
                kafka,
                Topics.DEFAULT_PREFIX,
                images,
                caseFolder,
                false));
    followed = opened;
    ServedDashboard served = ServedDashboard.start(opened.source(), settings, opened::close);
    dashboard = served;
    served.announce(terminal);
  }

  @Override
  public void ending() throws InterruptedException {
    if (followed != null) {
      followed.finish();
    }
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
