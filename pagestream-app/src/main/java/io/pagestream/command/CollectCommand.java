package io.pagestream.command;

import io.pagestream.cases.casefolder.CaseFacts;
import io.pagestream.cases.casefolder.CaseFolder;
import io.pagestream.cases.seal.ManifestSigner;
import io.pagestream.cases.terminal.EndTable;
import io.pagestream.cases.terminal.ProgressLine;
import io.pagestream.cases.terminal.TerminalStyle;
import io.pagestream.cases.terminal.TerminalWriter;
import io.pagestream.pipeline.CollectJob;
import io.pagestream.program.Secrets;
import io.pagestream.program.Versions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pagestream collect}: from the topics of a cluster to a case folder. */
@Command(
    name = "collect",
    description = {
      "Write a case folder from the topics of a cluster, like the one that 'analyze' writes on one"
          + " machine. Waits until the images are complete, so that it can be started before,"
          + " during or after the analysis.",
      "Nothing is consumed: any number of cases can be collected from the same topics."
    },
    footer = {
      "@|bold Examples|@",
      "  pagestream collect --bootstrap-servers kafka1:9092 --out cases/all",
      "  pagestream collect -b kafka1:9092 --image web01.lime --image web02.lime --out cases/web",
      "",
      "Exit code: 0 success, 1 finished with failures that are listed, 2 invalid usage,"
          + " 3 incomplete or failed"
    })
final class CollectCommand implements Callable<Integer> {
  @Mixin private ClusterOptions cluster;

  @Option(
      names = {"-o", "--out"},
      required = true,
      paramLabel = "DIR",
      description = "The case folder.")
  private Path out;

  @Option(
      names = "--image",
      paramLabel = "ID|NAME",
      description = {
        "An image: its id, the beginning of its id, its name, or the name of one of its files. Can"
            + " be given several times (default: all images that the cluster knows at the start)."
      })
  private List<String> images = List.of();

  @Option(names = "--force", description = "Replace the case that the folder holds already.")
  private boolean force;

  @Option(
      names = "--sign",
      paramLabel = "KEY",
      description = "Sign the case with this private key; see 'pagestream sign --help'.")
  private @Nullable Path signingKey;

  @Option(
      names = "--stall-timeout",
      paramLabel = "SECONDS",
      defaultValue = "300",
      description = {
        "End with an incomplete case if nothing has arrived for this time (default:"
            + " ${DEFAULT-VALUE})."
      })
  private int stallSeconds;

  @Option(names = "--quiet", description = "No progress, only the table at the end.")
  private boolean quiet;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    Instant started = Instant.now();
    Optional<ManifestSigner> signer =
        Optional.ofNullable(signingKey)
            .map(key -> KeyOptions.read(key, spec.commandLine().getErr()));
    Duration stallTimeout =
        Duration.ofSeconds(Bounds.check("--stall-timeout", stallSeconds, 1, 1_000_000));
    CollectJob job =
        new CollectJob(
            new CollectJob.Settings(cluster.connection(), cluster.prefix(), images, stallTimeout));
    try (StopSignal stop = StopSignal.await(StopSignal.JOB_GRACE);
        CaseFolder folder = CaseFolder.open(out, force, signer)) {
      CaseFacts facts =
          new CaseFacts(
              Versions.pagestream(),
              Secrets.masked(spec.commandLine().getParseResult().originalArgs()),
              started,
              started,
              Map.of(),
              List.of());
      return report(run(job, folder, facts, stop));
    }
  }

  private CollectJob.Result run(CollectJob job, CaseFolder folder, CaseFacts facts, StopSignal stop)
      throws InterruptedException {
    if (quiet) {
      return job.run(folder, facts, new StoppableListener(progress -> {}, stop));
    }
    TerminalWriter terminal = TerminalWriter.of(spec.commandLine().getErr());
    try (ProgressLine line = new ProgressLine(terminal, TerminalStyle.ofStandardError())) {
      return job.run(folder, facts, new StoppableListener(line, stop));
    }
  }

  private int report(CollectJob.Result result) {
    TerminalWriter terminal = TerminalWriter.of(spec.commandLine().getOut());
    EndTable.print(result.summary(), terminal);
    terminal.println("case folder: " + out);
    terminal.println("seal: " + result.sealSha256() + " (SHA-256 of manifest.json; note it down)");
    terminal.flush();
    result.collected().throwIfFailed();
    return result.collected().outcome(0).exitCode();
  }
}
