package io.pagestream.command;

import io.pagestream.cases.query.AnswerFormat;
import io.pagestream.cases.store.FindingStore;
import io.pagestream.cases.terminal.StandardOutput;
import io.pagestream.program.ExitCode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pagestream query}: queries a case in SQL. */
@Command(
    name = "query",
    description = {
      "Query the findings of a case in SQL. The first query creates findings.duckdb in the case"
          + " folder from the other files. Queries are read-only and see only this case.",
      "",
      "Tables and views: findings, images, ranges, verdicts, receipts, histograms, correlations,"
          + " shared_values, single_image_values, facets, tallies, remarks, image_files, case_facts."
          + " docs/store.md describes them; SHOW TABLES and DESCRIBE findings work too."
    },
    footer = {
      "@|bold Examples|@",
      "  pagestream query case \"SELECT kind, count(*) FROM findings GROUP BY kind\"",
      "  pagestream query case \"FROM histograms WHERE kind = 'email' ORDER BY count DESC\"",
      "  pagestream query case --format csv --limit 0 \"FROM findings\" > findings.csv"
    })
final class QueryCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "CASE", description = "The case folder.")
  private Path folder;

  @Parameters(index = "1", paramLabel = "SQL", description = "The query.")
  private String sql;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private AnswerFormat format;

  @Option(
      names = "--limit",
      paramLabel = "ROWS",
      defaultValue = "10000",
      description = "Maximum number of rows to print; 0 for all (default: ${DEFAULT-VALUE}).")
  private long limit;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "Maximum time for the query; 0 for no limit (default: ${DEFAULT-VALUE}).")
  private int timeoutSeconds;

  @Mixin private StoreOptions options;
  @Mixin private SealOptions seal;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (limit < 0) {
      throw new ParameterException(spec.commandLine(), "--limit must not be negative");
    }
    long most = limit == 0 ? Long.MAX_VALUE : limit;
    OutputStream out = StandardOutput.stream();
    try (FindingStore store = options.open(seal.open(folder), timeoutSeconds)) {
      boolean more =
          store.ask(
              sql,
              List.of(),
              rows -> {
                try {
                  return format.write(rows, most, out);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      if (more) {
        spec.commandLine().getErr().println("there are more rows: --limit 0 prints all");
      }
      return ExitCode.DONE;
    }
  }
}
