package io.pagestream.command;

import io.pagestream.cases.casefolder.ReopenedCase;
import io.pagestream.cases.terminal.EndTable;
import io.pagestream.cases.terminal.TerminalWriter;
import io.pagestream.images.ImageGrouping;
import io.pagestream.pipeline.ImageSubmission;
import io.pagestream.pipeline.RetryJob;
import io.pagestream.program.ExitCode;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pagestream retry}: what failed when a case was made, once more. */
@Command(
    name = "retry",
    description = {
      "Analyze again what failed when a case was made (dead-letters.jsonl), and put what is found"
          + " into the case.",
      "",
      "Reads just these runs from the image files, with the options that the case was made with. The"
          + " files must hold what they held then: their SHA-256 is compared. The case is replaced as"
          + " one step and sealed again; what fails again stays listed. A case that is not as it"
          + " was sealed is refused, and a signature is taken away: sign it again."
    },
    footer = {
      "@|bold Examples|@",
      "  pagestream retry memory.lime-case",
      "  pagestream retry --analyzer-timeout 600 cases/web01 /evidence/web01.kdump",
      "",
      "Exit code: 0 done, 1 done with failures that are listed, 2 bad usage or input, 3 failed"
    })
final class RetryCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "CASE", description = "The case folder.")
  private Path folder;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "IMAGE",
      description = "The image files, if they are not where they were (default: where they were).")
  private List<Path> files = List.of();

  @Option(
      names = "--analyzer-timeout",
      paramLabel = "SECONDS",
      description = {
        "Processor time that one analyzer may use for one run (default: as in the case)."
      })
  private @Nullable Integer timeoutSeconds;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    TerminalWriter terminal = TerminalWriter.of(spec.commandLine().getOut());
    if (!RetryJob.hasWork(folder)) {
      terminal.println("nothing to retry: no analysis of the case has failed");
      return ExitCode.DONE;
    }
    RecordedAnalysis recorded = RecordedAnalysis.of(ReopenedCase.open(folder).facts());
    List<Path> images = files.isEmpty() ? recorded.files() : files;
    List<ImageSubmission> submissions =
        ImageGrouping.group(images).stream().map(ImageSubmission::of).toList();
    RetryJob.Result result =
        new RetryJob(recorded.settings(timeoutSeconds)).run(folder, submissions);
    EndTable.print(result.summary(), terminal);
    terminal.printf("retried %,d, recovered %,d%n", result.tried(), result.recovered());
    terminal.println("case folder: " + folder);
    terminal.println("seal: " + result.sealSha256() + " (SHA-256 of manifest.json; note it down)");
    terminal.flush();
    result.collected().throwIfFailed();
    return result.exitCode();
  }
}
