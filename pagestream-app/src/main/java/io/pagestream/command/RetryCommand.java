package io.pagestream.command;

import io.pagestream.cases.casefolder.ReopenedCase;
import io.pagestream.cases.terminal.EndTable;
import io.pagestream.cases.terminal.TerminalWriter;
import io.pagestream.pipeline.RetryJob;
import io.pagestream.program.ExitCode;
import io.pagestream.schemas.topic.DeadLetter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pagestream retry}: repeats the analyses that failed when a case was created. */
@Command(
    name = "retry",
    description = {
      "Repeat the analyses that failed when a case was created (dead-letters.jsonl), and add"
          + " their findings to the case.",
      "",
      "Reads only these runs from the image files, with the options that the case was created"
          + " with. The SHA-256 of the files must be unchanged. The case is replaced atomically"
          + " and sealed again; analyses that fail again stay listed. A case that differs from"
          + " its seal is refused. A signature is removed: sign the case again."
    },
    footer = {
      "@|bold Examples|@",
      "  pagestream retry memory.lime-case",
      "  pagestream retry --analyzer-timeout 600 cases/web01 /evidence/web01.kdump",
      "",
      "Exit code: 0 success, 1 finished with failures that are listed, 2 invalid usage or input,"
          + " 3 failed"
    })
final class RetryCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "CASE", description = "The case folder.")
  private Path folder;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "IMAGE",
      description = "The image files, if they have been moved (default: their original location).")
  private List<Path> files = List.of();

  @Option(
      names = "--analyzer-timeout",
      paramLabel = "SECONDS",
      description = {"CPU time that an analyzer may use for one run (default: as in the case)."})
  private @Nullable Integer timeoutSeconds;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    TerminalWriter terminal = TerminalWriter.of(spec.commandLine().getOut());
    if (!RetryJob.hasWork(folder)) {
      terminal.println("nothing to retry: no analysis of the case has failed");
      return ExitCode.DONE;
    }
    ReopenedCase reopened = ReopenedCase.open(folder);
    Set<String> failed =
        reopened.deadLetters().stream()
            .filter(DeadLetter::isRun)
            .map(DeadLetter::imageId)
            .collect(Collectors.toSet());
    List<RecordedImages.Recorded> images =
        files.isEmpty() ? RecordedImages.of(reopened, failed) : RecordedImages.of(reopened, files);
    RetryJob.Result result =
        RetryJob.retry(
            folder,
            images.stream()
                .map(image ->
                    new RetryJob.Given(
                        image.submission(), image.analysis().settings(timeoutSeconds)))
                .toList());
    EndTable.print(result.summary(), terminal);
    terminal.printf("retried %,d, recovered %,d%n", result.tried(), result.recovered());
    terminal.println("case folder: " + folder);
    terminal.println("seal: " + result.sealSha256() + " (SHA-256 of manifest.json; note it down)");
    terminal.flush();
    result.collected().throwIfFailed();
    return result.exitCode();
  }
}
