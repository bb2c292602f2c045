package io.pagestream.command;

import io.pagestream.carve.CarveCounts;
import io.pagestream.cases.casefolder.ReopenedCase;
import io.pagestream.cases.terminal.TerminalWriter;
import io.pagestream.pipeline.CarveJob;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pagestream carve}: files in the images of a case, copied to a folder. */
@Command(
    name = "carve",
    description = {
      "Copy the files that an analysis found from the images of a case to a folder, with"
          + " carved.jsonl, which lists their SHA-256, size, address, and whether they are complete"
          + " or cut.",
      "",
      "A file is followed in contiguous physical memory, by the structure of its format"
          + " (docs/files.md). The names of the files are the ids of their findings. The files come"
          + " from a memory image and can be malicious."
    },
    footer = {
      "@|bold Examples|@",
      "  pagestream carve memory.lime-case --out carved",
      "  pagestream carve --carve-limit 1g --out carved cases/web01 /evidence/web01.kdump",
      "",
      "Exit code: 0 success, 1 the disk budget was reached, 2 invalid usage or input, 3 failed"
    })
final class CarveCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "CASE", description = "The case folder.")
  private Path folder;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "IMAGE",
      description = "The image files, if they have been moved (default: their original location).")
  private List<Path> files = List.of();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "The folder for the files; new or empty.")
  private Path out;

  @Option(
      names = "--disk-budget",
      paramLabel = "SIZE",
      description =
          "Maximum disk space of the files, such as 500m or 20g (default: half of the free space).")
  private @Nullable String diskBudget;

  @Mixin private CarveOptions carving;
  @Mixin private SealOptions seal;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    Path checked = seal.open(folder).folder();
    List<CarveJob.Given> images =
        RecordedImages.of(ReopenedCase.open(checked), files).stream()
            .map(image -> new CarveJob.Given(image.submission(), image.analysis().open()))
            .toList();
    Optional<Long> budget =
        Optional.ofNullable(diskBudget).map(size -> ByteSize.parse("--disk-budget", size, 1));
    CarveCounts counts = CarveJob.run(checked, images, out, carving.limits(out, budget));
    return CarveOptions.report(counts, out, TerminalWriter.of(spec.commandLine().getOut()));
  }
}
