package io.pagestream.command;

import io.pagestream.cases.live.LiveFindings;
import io.pagestream.cases.terminal.StandardOutput;
import io.pagestream.program.ExitCode;
import java.io.OutputStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pagestream findings}: reads the topic {@code findings}. */
@Command(
    name = "findings",
    description = {
      "Print the findings on a cluster, from the first one that is retained to the last.",
      "With --follow, continue as they arrive, until stopped (Ctrl-C)."
    },
    footer = {
      "@|bold Examples|@",
      "  pagestream findings --follow",
      "  pagestream findings --json --kind email,url > findings.jsonl",
      "  pagestream findings --confidence high",
      "  pagestream findings --follow --json --redact"
    })
final class FindingsCommand implements Callable<Integer> {
  private static final int MOST_NAMED = 5;

  @Mixin private ClusterOptions cluster;
  @Mixin private FilterOptions wanted;

  @Option(names = "--json", description = "One JSON object a line, as in findings.jsonl.")
  private boolean json;

  @Option(
      names = "--redact",
      description = {
        "Print the SHA-256 of secrets (keys, passwords, tokens, cards) instead of their values, and no"
            + " context and attributes of them; kind and location stay."
      })
  private boolean redact;

  @Option(names = "--follow", description = "Continue after the end is reached.")
  private boolean follow;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    OutputStream out = StandardOutput.stream();
    try (StopSignal stop = StopSignal.await();
        LiveFindings findings =
            new LiveFindings(cluster.connection(), cluster.prefix(), wanted.filter())) {
      if (redact) {
        findings.redact();
      }
      long rejected =
          json ? findings.printJson(out, follow, stop) : findings.printLines(out, follow, stop);
      if (rejected > 0) {
        findings.rejected().lines(MOST_NAMED).forEach(spec.commandLine().getErr()::println);
        return ExitCode.DONE_WITH_FAILURES;
      }
      return ExitCode.DONE;
    }
  }
}
