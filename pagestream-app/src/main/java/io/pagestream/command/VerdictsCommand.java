package io.pagestream.command;

import io.pagestream.cases.casefolder.StoredCase;
import io.pagestream.cases.seal.CheckedCase;
import io.pagestream.cases.tally.By;
import io.pagestream.cases.tally.VerdictTable;
import io.pagestream.program.ExitCode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pagestream verdicts}: the decisions for the pages of a case. */
@Command(
    name = "verdicts",
    description = {
      "Count the pages of a case by the mapper's decisions, for each image and in total, and"
          + " check the sums against the ledger."
    },
    footer = {
      "@|bold Examples|@",
      "  pagestream verdicts memory.lime-case",
      "  pagestream verdicts memory.lime-case --by range",
      "",
      "Exit code: 0 if the sums are correct, 1 otherwise"
    })
final class VerdictsCommand implements Callable<Integer> {
  @Parameters(paramLabel = "CASE", description = "The case folder.")
  private Path folder;

  @Option(
      names = "--by",
      paramLabel = "WHAT",
      defaultValue = "row",
      description = "row, reason, range or type (default: ${DEFAULT-VALUE}).")
  private By by;

  @Option(names = "--json", description = "As one JSON object.")
  private boolean json;

  @Mixin private SealOptions seal;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    CheckedCase checked = seal.open(folder);
    VerdictTable table = VerdictTable.of(StoredCase.open(checked), by);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Trees.json(Trees.warned(checked, table.tree())).lines().forEach(out::println);
    } else {
      Trees.warning(checked).ifPresent(out::println);
      table.lines().forEach(out::println);
    }
    out.flush();
    return table.addsUp() ? ExitCode.DONE : ExitCode.DONE_WITH_FAILURES;
  }
}
