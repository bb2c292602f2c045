package io.pagestream.command;

import io.pagestream.carve.CarveCounts;
import io.pagestream.carve.CarveFolder;
import io.pagestream.cases.casefolder.CaseFacts;
import io.pagestream.cases.casefolder.CaseFolder;
import io.pagestream.cases.collect.CaseFollower;
import io.pagestream.cases.seal.ManifestSigner;
import io.pagestream.cases.terminal.EndTable;
import io.pagestream.cases.terminal.ProgressLine;
import io.pagestream.cases.terminal.TerminalStyle;
import io.pagestream.cases.terminal.TerminalWriter;
import io.pagestream.images.ImageGrouping;
import io.pagestream.images.OpenOptions;
import io.pagestream.images.container.PipedInput;
import io.pagestream.pipeline.AnalyzeJob;
import io.pagestream.pipeline.CarveJob;
import io.pagestream.pipeline.ImageSubmission;
import io.pagestream.pipeline.LocalPipeline;
import io.pagestream.pipeline.RetryJob;
import io.pagestream.program.ExitCode;
import io.pagestream.program.Secrets;
import io.pagestream.program.Versions;
import io.pagestream.schemas.connection.KafkaConnection;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pagestream analyze}: images in, a case folder out, everything in this process. */
@Command(
    name = "analyze",
    description = {
      "Analyze memory images: read every page once, judge it, search it for artifacts, and"
          + " account for it.",
      "",
      "The format is recognized by content: raw, LiME, AVML, ELF core, kdump, Windows crash dump,"
          + " saved memory of QEMU, EWF or AFF4, optionally compressed with zstd, gzip, xz, bzip2,"
          + " lz4 or zip. The files of a split kdump or EWF set are combined. The case folder contains findings.jsonl, manifest.json (with the SHA-256 of every file and the"
          + " page counts) and summary.txt."
    },
    footer = {
      "@|bold Examples|@",
      "  pagestream analyze memory.lime",
      "  pagestream analyze --out cases/web01 web01.kdump",
      "  pagestream analyze --serve memory.lime",
      "  pagestream analyze --analyzers text,aes-keys dumps/*.raw.zst",
      "  pagestream analyze --profile linux --linux-call mmap --read-device-memory web01.kdump",
      "  pagestream analyze --os-build 17133 --request frame-buffer=uncached pc.raw",
      "",
      "Exit code: 0 success, 1 finished with failures that are listed, 2 invalid usage or input,"
          + " 3 failed"
    })
final class AnalyzeCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "IMAGE",
      description =
          "Files of memory images; - for standard input, or named pipes, which are read to their"
              + " end first.")
  private List<Path> files;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      description = "The case folder (default: the name of the first image, followed by '-case').")
  private @Nullable Path out;

  @Option(names = "--force", description = "Replace the case that the folder holds already.")
  private boolean force;

  @Option(
      names = "--sign",
      paramLabel = "KEY",
      description = {
        "Sign the case with this private key (PKCS#8 in PEM): manifest.json.sig.",
        "See 'pagestream sign --help'."
      })
  private @Nullable Path signingKey;

  @Option(
      names = "--carve",
      paramLabel = "DIR",
      description = {
        "Copy the files that are found to this new or empty folder after the analysis.",
        "See 'pagestream carve --help'."
      })
  private @Nullable Path carved;

  @Option(names = "--quiet", description = "No progress, only the table at the end.")
  private boolean quiet;

  @Option(
      names = "--serve",
      arity = "0..1",
      fallbackValue = "8080",
      paramLabel = "PORT",
      description = {
        "Show the case in a browser while the job runs, on this port (8080; 0 for any free port).",
        "The dashboard keeps running after the job has ended, until Ctrl-C."
      })
  private @Nullable Integer servePort;

  @Mixin private DashboardOptions dashboard;
  @Mixin private ImageOptions image;
  @Mixin private MapperChoice mapper;
  @Mixin private AnalyzerChoice analyzers;
  @Mixin private FlowOptions flow;
  @Mixin private CarveOptions carving;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    Instant started = Instant.now();
    files = PipedInput.regular(files, System.in);
    List<ImageSubmission> images =
        ImageGrouping.group(files, image.options()).stream().map(ImageSubmission::of).toList();
    // Before the job: an unusable key must not be detected only after an hour.
    Optional<ManifestSigner> signer =
        Optional.ofNullable(signingKey)
            .map(key -> KeyOptions.read(key, spec.commandLine().getErr()));
    if (carved != null) {
      CarveFolder.requireNew(carved);
    }
    analyzers.warn(spec.commandLine().getErr());
    AnalyzeJob job = new AnalyzeJob(settings(), images);
    Path place = out == null ? Path.of(images.getFirst().label() + "-case") : out;
    if (servePort == null) {
      return analyze(job, place, signer, started, kafka -> CaseFollower.NONE);
    }
    try (JobDashboard served = served(place, servePort)) {
      int exitCode = analyze(job, place, signer, started, served);
      served.untilStopped();
      return exitCode;
    }
  }

  private int analyze(
      AnalyzeJob job,
      Path place,
      Optional<ManifestSigner> signer,
      Instant started,
      Function<KafkaConnection, CaseFollower> follower)
      throws InterruptedException {
    int exitCode = analyzeOnly(job, place, signer, started, follower);
    if (carved == null || exitCode > ExitCode.DONE_WITH_FAILURES) {
      return exitCode;
    }
    // The case is closed: carving reads it like any other finished case.
    return Math.max(exitCode, carve(place, carved));
  }

  private int carve(Path place, Path to) throws InterruptedException {
    List<ImageSubmission> images =
        ImageGrouping.group(files, image.options()).stream().map(ImageSubmission::of).toList();
    CarveCounts counts =
        CarveJob.run(place, images, image.options(), to, carving.limits(to, flow.diskBudget()));
    return CarveOptions.report(counts, to, TerminalWriter.of(spec.commandLine().getOut()));
  }

  private int analyzeOnly(
      AnalyzeJob job,
      Path place,
      Optional<ManifestSigner> signer,
      Instant started,
      Function<KafkaConnection, CaseFollower> follower)
      throws InterruptedException {
    try (StopSignal stop = StopSignal.await(StopSignal.JOB_GRACE);
        CaseFolder folder = CaseFolder.open(place, force, signer)) {
      CaseFacts facts =
          new CaseFacts(
              Versions.pagestream(),
              Secrets.masked(spec.commandLine().getParseResult().originalArgs()),
              started,
              started,
              Map.of(),
              List.of());
      return report(place, run(job, folder, facts, follower, stop));
    }
  }

  private JobDashboard served(Path place, int port) {
    PrintWriter terminal = spec.commandLine().getOut();
    return new JobDashboard(
        place,
        files,
        dashboard.images(),
        dashboard.settings(port, spec.commandLine().getErr()),
        terminal);
  }

  private AnalyzeJob.Result run(
      AnalyzeJob job,
      CaseFolder folder,
      CaseFacts facts,
      Function<KafkaConnection, CaseFollower> follower,
      StopSignal stop)
      throws InterruptedException {
    if (quiet) {
      return job.run(folder, facts, new StoppableListener(progress -> {}, stop), follower);
    }
    TerminalWriter terminal = TerminalWriter.of(spec.commandLine().getErr());
    try (ProgressLine line = new ProgressLine(terminal, TerminalStyle.ofStandardError())) {
      return job.run(folder, facts, new StoppableListener(line, stop), follower);
    }
  }

  private AnalyzeJob.Settings settings() {
    return new AnalyzeJob.Settings(
        new LocalPipeline.Settings(
            Path.of("."),
            flow.partitions(),
            flow.threads(),
            1,
            mapper.options(),
            analyzers.settings()),
        flow.runPages(),
        flow.maxInFlightBytes(),
        flow.payload(),
        image.options(),
        flow.stallTimeout(),
        flow.diskBudget());
  }

  /** The images, for a command that continues a case. */
  List<Path> files() {
    return files;
  }

  /** How the images are opened, for a command that reads them again. */
  OpenOptions openOptions() {
    return image.options();
  }

  /** How the images are read, judged and analyzed, for a command that continues a case. */
  RetryJob.Settings retrySettings(@Nullable Integer timeoutSeconds) {
    return new RetryJob.Settings(
        image.options(), mapper.options(), analyzers.settings(timeoutSeconds));
  }

  private int report(Path place, AnalyzeJob.Result result) {
    TerminalWriter terminal = TerminalWriter.of(spec.commandLine().getOut());
    EndTable.print(result.summary(), terminal);
    terminal.println("case folder: " + place);
    terminal.println("seal: " + result.sealSha256() + " (SHA-256 of manifest.json; note it down)");
    terminal.flush();
    result.collected().throwIfFailed();
    return result.collected().outcome(result.failedImages().size()).exitCode();
  }
}
