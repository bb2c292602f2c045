package io.pagestream.command;

import io.pagestream.findings.web.FinishedCase;
import io.pagestream.findings.web.PageServer;
import io.pagestream.findings.web.PageSettings;
import io.pagestream.launch.ExitCode;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pagestream serve}: the page of a case. */
@Command(
    name = "serve",
    description = {
      "Show a case in a browser: findings, the memory map, single pages, and what was not looked at.",
      "",
      "The page is for this machine only unless --listen says otherwise. Stop it with Ctrl-C."
    },
    footer = {
      "@|bold Examples|@",
      "  pagestream serve memory.lime-case",
      "  pagestream serve cases/web01 --images /evidence --port 0",
      "  PAGESTREAM_TOKEN=… pagestream serve cases/web01 --listen 0.0.0.0 --tls-keystore web.p12"
    })
final class ServeCommand implements Callable<Integer> {
  @Parameters(paramLabel = "CASE", description = "A case folder.")
  private Path caseFolder;

  @Option(
      names = {"-p", "--port"},
      paramLabel = "PORT",
      defaultValue = "8080",
      description = "Port to listen on, 0 for any that is free (default: ${DEFAULT-VALUE}).")
  private int port;

  @Mixin private PageOptions page;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    PageSettings settings = page.settings(port);
    FinishedCase finished = FinishedCase.open(caseFolder, page.images(), System.err::println);
    PageServer server;
    try {
      server = PageServer.start(finished.source(), settings);
    } catch (RuntimeException e) {
      finished.close();
      throw e;
    }
    ServedPage.announce(spec.commandLine().getOut(), server, settings);
    ServedPage.untilStopped(() -> {
      server.close();
      finished.close();
    });
    return ExitCode.DONE;
  }
}
