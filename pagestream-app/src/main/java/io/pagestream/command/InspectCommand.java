package io.pagestream.command;

import io.pagestream.cases.terminal.TerminalStyle;
import io.pagestream.cases.terminal.TerminalWriter;
import io.pagestream.exports.picture.TextMap;
import io.pagestream.images.ImageGrouping;
import io.pagestream.images.MemoryImages;
import io.pagestream.images.OpenedImage;
import io.pagestream.images.container.PipedInput;
import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.images.survey.PageSurvey;
import io.pagestream.inspect.ImageInspection;
import io.pagestream.inspect.InspectionJson;
import io.pagestream.program.ExitCode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pagestream inspect}: shows information about an image without analyzing it. */
@Command(
    name = "inspect",
    description = {
      "Show information about an image: its format, the range map with kinds, cache types and"
          + " their sources, the holes, contradictions between sources, hints found in the"
          + " image, and warnings. Reads no pages without --pages, but a compressed image (zstd,"
          + " gzip, xz, bzip2, lz4, zip) is decompressed first."
    },
    footer = {
      "@|bold Examples|@",
      "  pagestream inspect memory.lime",
      "  pagestream inspect --iomem iomem.txt --mtrr mtrr.txt memory.lime",
      "  pagestream inspect --pages memory.raw",
      "  pagestream inspect --json dump.1 dump.2 | jq .images[].ranges"
    })
final class InspectCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "IMAGE",
      description =
          "Files of memory images; - for standard input, or named pipes, which are read to their"
              + " end first.")
  private List<Path> files;

  @Option(names = "--json", description = "As one JSON object.")
  private boolean json;

  @Option(
      names = "--pages",
      description =
          "Read every page: count the zero, excluded and unreadable ones, and list the longest"
              + " stretches of zeros in memory. An acquirer that cannot read memory may write zeros"
              + " without a word.")
  private boolean pages;

  @Mixin private ImageOptions image;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    List<ImageInspection> inspections = new ArrayList<>();
    for (List<Path> group :
        ImageGrouping.group(PipedInput.regular(files, System.in), image.options())) {
      inspections.add(inspect(group));
    }
    if (json) {
      InspectionJson.of(inspections).lines().forEach(out::println);
    } else {
      inspections.forEach(inspection -> print(inspection, out));
    }
    out.flush();
    boolean clean = inspections.stream().allMatch(one -> one.doubts().isEmpty());
    return clean ? ExitCode.DONE : ExitCode.DONE_WITH_FAILURES;
  }

  private static void print(ImageInspection inspection, PrintWriter out) {
    inspection.lines().forEach(out::println);
    boolean unicode = System.out.charset().newEncoder().canEncode('█');
    int width = TerminalStyle.ofStandardError().width();
    TextMap.lines(inspection.map().ranges(), width, unicode).forEach(out::println);
  }

  private ImageInspection inspect(List<Path> group) throws InterruptedException {
    try (OpenedImage opened = MemoryImages.open(group, image.options())) {
      return ImageInspection.of(opened, pages ? Optional.of(survey(opened)) : Optional.empty());
    }
  }

  private PageSurvey survey(OpenedImage opened) throws InterruptedException {
    long all = opened.extents().stream().mapToLong(PhysicalExtent::pageCount).sum();
    TerminalWriter err = TerminalWriter.of(spec.commandLine().getErr());
    try (StepProgress progress = new StepProgress(err, TerminalStyle.ofStandardError())) {
      return PageSurvey.of(opened.image(), done -> progress.show("reading pages", done, all));
    }
  }
}
