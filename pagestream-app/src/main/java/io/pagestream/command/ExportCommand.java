package io.pagestream.command;

import io.pagestream.cases.live.LiveFindings;
import io.pagestream.cases.terminal.StandardOutput;
import io.pagestream.cases.text.Quantities;
import io.pagestream.exports.format.ExportCounts;
import io.pagestream.exports.format.ExportFormat;
import io.pagestream.exports.format.ExportRun;
import io.pagestream.exports.format.Exports;
import io.pagestream.program.ExitCode;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pagestream export}: findings for other tools. */
@Command(
    name = "export",
    description = {
      "Write findings in the formats of other tools, from a finished case, or with --follow from"
          + " a cluster as they arrive (jsonl, csv, timesketch, ecs).",
      "",
      "jsonl, csv, timesketch, ecs, ecs-template, stix, pcap and html go to standard output unless"
          + " --out names a file; parquet is a file and bulk-extractor a folder. docs/exports.md"
          + " describes each."
    },
    footer = {
      "@|bold Examples|@",
      "  pagestream export case --format csv --kind email,url > findings.csv",
      "  pagestream export case --format html --out report.html",
      "  pagestream export --follow --format ecs -b broker:9092 --out findings.ndjson"
    })
final class ExportCommand implements Callable<Integer> {
  /** The formats, for help and completion. */
  static final class Formats implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Exports.names().iterator();
    }
  }

  @Parameters(
      arity = "0..1",
      paramLabel = "CASE",
      description = "The case folder; omitted with --follow.")
  private @Nullable Path folder;

  @Option(
      names = "--format",
      required = true,
      paramLabel = "FORMAT",
      completionCandidates = Formats.class,
      description = "${COMPLETION-CANDIDATES}.")
  private String format;

  @Option(names = "--out", paramLabel = "PATH", description = "The file or folder to write.")
  private @Nullable Path out;

  @Option(names = "--force", description = "Replace what is there already.")
  private boolean force;

  @Option(
      names = "--acquired",
      paramLabel = "TIME",
      description = {
        "The time when the images were acquired, for example 2026-11-23T12:00:00Z. timesketch"
            + " uses it",
        "for findings without a time of their own, which are otherwise left out."
      })
  private @Nullable Instant acquired;

  @Option(
      names = "--follow",
      description =
          "Export the findings on a cluster, and continue as they arrive until stopped (Ctrl-C).")
  private boolean follow;

  @Mixin private FilterOptions wanted;
  @Mixin private ClusterOptions cluster;
  @Mixin private StoreOptions store;
  @Mixin private SealOptions seal;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    ExportFormat chosen =
        Exports.find(format)
            .orElseThrow(() -> wrong("unknown format " + format + "; there are: " + formats()));
    ExportRun run = new ExportRun(chosen, wanted.filter(), acquired, out, force);
    PrintWriter err = spec.commandLine().getErr();
    OutputStream standardOutput = StandardOutput.stream();
    return follow
        ? follow(run, standardOutput, err)
        : summarized(once(run, standardOutput, err), err);
  }

  /** Reports the number of exported findings, and returns the exit code. */
  private int summarized(ExportCounts counts, PrintWriter err) {
    if (out != null) {
      err.println("wrote %s findings to %s".formatted(Quantities.count(counts.written()), out));
    }
    if (counts.leftOut() > 0) {
      err.println(
          "left out %s findings: %s".formatted(Quantities.count(counts.leftOut()), counts.why()));
    }
    err.flush();
    return counts.leftOut() > 0 ? ExitCode.DONE_WITH_FAILURES : ExitCode.DONE;
  }

  private ExportCounts once(ExportRun run, OutputStream standardOutput, PrintWriter err) {
    if (folder == null) {
      throw wrong("name a case folder, or use --follow");
    }
    return run.ofCase(
        seal.open(folder),
        store.settings(0),
        line -> {
          err.println(line);
          err.flush();
        },
        standardOutput);
  }

  private int follow(ExportRun run, OutputStream standardOutput, PrintWriter err) {
    if (folder != null) {
      throw wrong("--follow reads from a cluster and cannot be combined with a case folder");
    }
    String version = String.join(" ", spec.root().version());
    try (StopSignal stop = StopSignal.await();
        LiveFindings findings =
            new LiveFindings(cluster.connection(), cluster.prefix(), run.filter())) {
      return summarized(run.ofCluster(findings, version, true, stop, standardOutput), err);
    }
  }

  private static String formats() {
    return String.join(", ", Exports.names());
  }

  private ParameterException wrong(String what) {
    return new ParameterException(spec.commandLine(), what);
  }
}
