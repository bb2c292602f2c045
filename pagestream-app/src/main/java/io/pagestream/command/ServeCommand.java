package io.pagestream.command;

import io.pagestream.dashboard.server.DashboardSettings;
import io.pagestream.dashboard.source.FinishedCase;
import io.pagestream.dashboard.source.FollowedCase;
import io.pagestream.program.ExitCode;
import io.pagestream.schemas.connection.KafkaConnection;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pagestream serve}: serves the dashboard of a case. */
@Command(
    name = "serve",
    description = {
      "Show a case in a browser: findings, the memory map, single pages, and pages that were not"
          + " analyzed.",
      "The case is a finished case in a folder, or the contents of a cluster, updated live.",
      "",
      "The dashboard listens only on this machine unless --listen is given, and requires a"
          + " token: open the file whose name is printed. Stop it with Ctrl-C."
    },
    footer = {
      "@|bold Examples|@",
      "  pagestream serve memory.lime-case",
      "  pagestream serve --bootstrap-servers kafka:9092",
      "  pagestream serve cases/web01 --images /evidence --port 0",
      "  pagestream serve cases/web01 --listen 0.0.0.0 --tls-keystore web.p12 --token-file token"
    })
final class ServeCommand implements Callable<Integer> {
  @Parameters(arity = "0..1", paramLabel = "CASE", description = "A case folder.")
  private @Nullable Path caseFolder;

  @Option(
      names = {"-p", "--port"},
      paramLabel = "PORT",
      defaultValue = "8080",
      description = "Port to listen on, 0 for any free port (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--notes",
      paramLabel = "DIR",
      defaultValue = ".",
      description = "Folder for notes on the findings of a cluster (default: the current folder).")
  private Path notes;

  @Mixin private ClusterOptions cluster;
  @Mixin private DashboardOptions dashboard;
  @Mixin private SealOptions seal;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    DashboardSettings settings = dashboard.settings(port, spec.commandLine().getErr());
    ServedDashboard served =
        caseFolder == null ? cluster(settings) : finished(caseFolder, settings);
    served.announce(spec.commandLine().getOut());
    served.untilStopped();
    return ExitCode.DONE;
  }

  private ServedDashboard finished(Path folder, DashboardSettings settings) {
    FinishedCase opened = FinishedCase.open(seal.open(folder), dashboard.images(), this::progress);
    return ServedDashboard.start(opened.source(), settings, opened::close);
  }

  private void progress(String line) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(line);
    err.flush();
  }

  private ServedDashboard cluster(DashboardSettings settings) {
    if (!cluster.isNamed()) {
      throw PagestreamException.of(
          ErrorCode.USAGE,
          "nothing to serve",
          "name a case folder, or give --bootstrap-servers or --config");
    }
    KafkaConnection kafka = cluster.connection();
    FollowedCase followed =
        FollowedCase.ofCluster(
            new FollowedCase.Settings(kafka.bootstrapServers(), dashboard.images(), notes),
            kafka,
            cluster.prefix());
    return ServedDashboard.start(followed.source(), settings, followed::close);
  }
}
