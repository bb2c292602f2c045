package io.pagestream.command;

import io.pagestream.cases.doubt.DoubtText;
import io.pagestream.cases.terminal.TerminalStyle;
import io.pagestream.cases.terminal.TerminalWriter;
import io.pagestream.images.ImageFormats;
import io.pagestream.images.ImageGrouping;
import io.pagestream.images.MemoryImages;
import io.pagestream.images.OpenedImage;
import io.pagestream.images.conversion.Conversion;
import io.pagestream.images.conversion.ConversionProgress;
import io.pagestream.images.conversion.ConvertedImage;
import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.images.writing.ImageWriter;
import io.pagestream.images.writing.Losses;
import io.pagestream.program.ExitCode;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pagestream convert}: writes an image in another format. */
@Command(
    name = "convert",
    description = {
      "Write a memory image in another format. Every page that the image holds is written at its"
          + " physical address; the new file is then read back, and each page is compared.",
      "",
      "Pages that the image leaves out or that are damaged are not in the new file. ELF, kdump and"
          + " crash dumps still describe them as memory; in the other formats, they are holes.",
      "",
      "Formats (--to)"
    },
    footer = {
      "@|bold Examples|@",
      "  pagestream convert memory.lime --to kdump memory.kdump",
      "  pagestream convert --to padded memory.raw dump.1 dump.2 dump.3",
      "",
      "Exit code: 0 success, 1 the new file lacks pages or its content is doubtful, 2 invalid usage"
          + " or input, 3 failed"
    })
final class ConvertCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "IMAGE... OUT",
      description = "The files of one memory image, and the new file.")
  private List<Path> files = List.of();

  @Option(
      names = "--to",
      required = true,
      paramLabel = "FORMAT",
      completionCandidates = WriterNames.class,
      description = "The new format: ${COMPLETION-CANDIDATES}.")
  private String format = "";

  @Option(names = "--quiet", description = "No progress.")
  private boolean quiet;

  @Mixin private ImageOptions image;
  @Spec private CommandSpec spec;

  /** The names of the formats. */
  static final class WriterNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return ImageFormats.writers().stream().map(writer -> writer.format().name()).iterator();
    }
  }

  @Override
  public Integer call() throws InterruptedException {
    ImageWriter writer = writer();
    if (files.size() < 2) {
      throw PagestreamException.of(
          ErrorCode.USAGE, "no new file is given", "name it as the last argument");
    }
    Path out = files.getLast();
    List<List<Path>> groups =
        ImageGrouping.group(files.subList(0, files.size() - 1), image.options());
    if (groups.size() != 1) {
      throw PagestreamException.of(
          ErrorCode.USAGE,
          "the %d files are %d images".formatted(files.size() - 1, groups.size()),
          "convert one image at a time; the new file is the last argument");
    }
    try (OpenedImage opened = MemoryImages.open(groups.getFirst(), image.options())) {
      ConvertedImage converted = convert(opened, writer, out);
      TerminalWriter terminal = TerminalWriter.of(spec.commandLine().getOut());
      lines(opened, converted, writer, out).forEach(terminal::println);
      terminal.flush();
      boolean complete =
          converted.doubts().isEmpty()
              && converted.pages().unreadable() == 0
              && converted.pages().doubtful() == 0;
      return complete ? ExitCode.DONE : ExitCode.DONE_WITH_FAILURES;
    }
  }

  private ImageWriter writer() {
    return ImageFormats.writers().stream()
        .filter(one -> one.format().name().equals(format))
        .findFirst()
        .orElseThrow(() ->
            PagestreamException.of(
                ErrorCode.USAGE,
                "there is no format '%s' to convert to".formatted(format),
                "choose one of "
                    + ImageFormats.writers().stream()
                        .map(writer -> writer.format().name())
                        .collect(Collectors.joining(", "))));
  }

  private ConvertedImage convert(OpenedImage opened, ImageWriter writer, Path out)
      throws InterruptedException {
    if (quiet) {
      return Conversion.convert(opened, writer, out, ConversionProgress.NONE);
    }
    long pages = opened.extents().stream().mapToLong(PhysicalExtent::pageCount).sum();
    PrintWriter err = spec.commandLine().getErr();
    try (StepProgress progress =
        new StepProgress(TerminalWriter.of(err), TerminalStyle.ofStandardError())) {
      return Conversion.convert(
          opened, writer, out, (step, done) -> progress.show(step.title(), done, pages));
    }
  }

  private static List<String> lines(
      OpenedImage opened, ConvertedImage converted, ImageWriter writer, Path out) {
    List<String> lines = new ArrayList<>();
    lines.add("%s → %s".formatted(opened.name(), out));
    lines.add(
        "  format        %s (%s)".formatted(writer.format().name(), writer.format().description()));
    lines.add("  bytes         %,17d".formatted(converted.bytes()));
    lines.add("  SHA-256       %s".formatted(converted.sha256()));
    converted.sidecar().ifPresent(file -> lines.add("  sidecar       %s".formatted(file)));
    lines.add("  pages         %,17d  read back: equal".formatted(converted.pages().stored()));
    String lost =
        converted.losses() == Losses.NONE
            ? "not in the new file, which describes them as memory"
            : "not in the new file, in which they are a hole";
    if (converted.pages().excluded() > 0) {
      lines.add("    excluded    %,17d  %s".formatted(converted.pages().excluded(), lost));
    }
    if (converted.pages().unreadable() > 0) {
      lines.add("    unreadable  %,17d  %s".formatted(converted.pages().unreadable(), lost));
    }
    if (converted.pages().doubtful() > 0) {
      lines.add("    doubtful    %,17d".formatted(converted.pages().doubtful()));
    }
    converted.doubts().forEach(doubt -> lines.add("  doubt         " + DoubtText.line(doubt)));
    return lines;
  }
}
