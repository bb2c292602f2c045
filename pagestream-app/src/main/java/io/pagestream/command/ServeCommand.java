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

/** {@code pagestream serve}: the dashboard of a case. */
@Command(
    name = "serve",
    description = {
      "Show a case in a browser: findings, the memory map, single pages, and what was not looked at.",
      "The case is a finished one, in a folder, or all that a cluster has, as it goes.",
      "",
      "The dashboard listens on this machine only unless --listen says otherwise, and needs a token:"
          + " open the file that is printed. Stop it with Ctrl-C."
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
      description = "Port to listen on, 0 for any that is free (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--notes",
      paramLabel = "DIR",
      defaultValue = ".",
      description = "Folder for the notes on a cluster's findings (default: the current one).")
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
