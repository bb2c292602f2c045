package io.pagestream.command;

import io.pagestream.cases.casefolder.ReopenedCase;
import io.pagestream.images.ImageGrouping;
import io.pagestream.images.MemoryImages;
import io.pagestream.images.OpenOptions;
import io.pagestream.images.OpenedImage;
import io.pagestream.images.detection.MappingDetection;
import io.pagestream.inspect.AnomalyListing;
import io.pagestream.program.ExitCode;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pagestream mappings}: lists mappings that satisfy a definition. */
@Command(
    name = "mappings",
    description = {
      "List mappings in the page tables of an image that satisfy a definition of"
          + " docs/mapping-detections.md: those that normal systems do not have, which 'analyze'"
          + " reports as findings (mapping-anomaly), and those that are only listed, such as device"
          + " memory of programs or executable memory of modules.",
      "The definitions are those of Linux on x86-64. With --kernel-records on, processes have names,"
          + " and the roots of all processes are trusted. For a case, the images are read where they"
          + " were when they were analyzed, with the same options."
    },
    footer = {
      "@|bold Examples|@",
      "  pagestream mappings memory.elf",
      "  pagestream mappings memory.elf --kernel-records on --definitions user-rwx,kernel-wx",
      "  pagestream mappings memory.lime-case --json | jq '.images[].mappings[]'",
      "",
      "Exit code: 0 if the mappings are listed, also if there are anomalies; 1 if the image is in"
          + " doubt"
    })
final class MappingsCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "IMAGE|CASE",
      description = "Files of memory images, or case folders.")
  private List<Path> inputs;

  @Option(names = "--json", description = "As one JSON object.")
  private boolean json;

  @Option(
      names = "--definitions",
      split = ",",
      paramLabel = "ID",
      description = "Only these definitions, by their ids (docs/mapping-detections.md).")
  private Set<String> definitions = Set.of();

  @Mixin private ImageOptions image;
  @Mixin private SealOptions seal;
  @Spec private CommandSpec spec;

  private record Input(List<Path> files, OpenOptions options) {}

  @Override
  public Integer call() throws InterruptedException {
    requireKnown(definitions);
    List<AnomalyListing> listings = new ArrayList<>();
    for (Input input : inputs()) {
      try (OpenedImage opened = MemoryImages.open(input.files(), input.options())) {
        listings.add(AnomalyListing.of(opened, definitions));
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Trees.json(Map.of("images", listings.stream().map(AnomalyListing::tree).toList()))
          .lines()
          .forEach(out::println);
    } else {
      listings.stream().flatMap(listing -> listing.lines().stream()).forEach(out::println);
    }
    out.flush();
    boolean clean = listings.stream().allMatch(listing -> listing.doubts().isEmpty());
    return clean ? ExitCode.DONE : ExitCode.DONE_WITH_FAILURES;
  }

  private List<Input> inputs() {
    List<Input> all = new ArrayList<>();
    List<Path> files = new ArrayList<>();
    for (Path input : inputs) {
      if (Files.isDirectory(input)) {
        Path checked = seal.open(input).folder();
        RecordedImages.of(ReopenedCase.open(checked), List.<Path>of())
            .forEach(recorded ->
                all.add(new Input(recorded.submission().files(), recorded.analysis().open())));
      } else {
        files.add(input);
      }
    }
    if (!files.isEmpty()) {
      ImageGrouping.group(files, image.options())
          .forEach(group -> all.add(new Input(group, image.options())));
    }
    return all;
  }

  private static void requireKnown(Set<String> ids) {
    for (String id : ids) {
      if (MappingDetection.of(id).isEmpty()) {
        throw PagestreamException.of(
            ErrorCode.USAGE,
            "--definitions '" + id + "'",
            "choose from: "
                + Arrays.stream(MappingDetection.values())
                    .map(MappingDetection::id)
                    .collect(Collectors.joining(", ")));
      }
    }
  }
}
