package io.pagestream.command;

import io.pagestream.images.ImageGrouping;
import io.pagestream.images.MemoryImages;
import io.pagestream.images.OpenedImage;
import io.pagestream.mapper.policy.CachePolicies;
import io.pagestream.plan.PlanFormat;
import io.pagestream.plan.PlannedImage;
import io.pagestream.program.ExitCode;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pagestream plan}: how to read a machine's physical memory. */
@Command(
    name = "plan",
    description = {
      "Show how a careful driver would read all physical memory of the machine of an image:"
          + " memory by MmCopyMemory, ACPI tables cached, a frame buffer write-combined, devices"
          + " not at all, each with the reason (docs/mapping-physical-memory.md)."
    },
    footer = {
      "@|bold Examples|@",
      "  pagestream plan memory.elf",
      "  pagestream plan memory.raw --iomem iomem.txt --as c > plan.h",
      "  pagestream plan memory.elf --as ranges"
    })
final class PlanCommand implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "IMAGE", description = "The files of one image.")
  private List<Path> files;

  @Option(
      names = "--as",
      paramLabel = "FORM",
      defaultValue = "text",
      description = {
        "text, json, c (tables in C), or ranges: the PHYSICAL_MEMORY_RANGEs that"
            + " MmGetPhysicalMemoryRanges would return, as '0xBASE 0xBYTES' on each line (default:"
            + " ${DEFAULT-VALUE})."
      })
  private String form;

  @Option(names = "--json", description = "The same as --as json.")
  private boolean json;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      defaultValue = CachePolicies.WINDOWS,
      description = "The routines to show as text: windows or linux (default: ${DEFAULT-VALUE}).")
  private String profile;

  @Mixin private ImageOptions image;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    requireOneOf("--as", form, List.of("text", "json", "c", "ranges"));
    requireOneOf("--profile", profile, List.of(CachePolicies.WINDOWS, CachePolicies.LINUX));
    List<List<Path>> groups = ImageGrouping.group(files, image.options());
    if (groups.size() != 1) {
      throw PagestreamException.of(
          ErrorCode.USAGE, "these are %d images".formatted(groups.size()), "give one image");
    }
    PlannedImage planned;
    try (OpenedImage opened = MemoryImages.open(groups.getFirst(), image.options())) {
      planned = PlannedImage.of(opened);
    }
    PrintWriter out = spec.commandLine().getOut();
    lines(planned).forEach(out::println);
    out.flush();
    return planned.doubts().isEmpty() ? ExitCode.DONE : ExitCode.DONE_WITH_FAILURES;
  }

  private List<String> lines(PlannedImage planned) {
    return switch (json ? "json" : form) {
      case "json" -> Trees.json(PlanFormat.tree(planned)).lines().toList();
      case "c" -> PlanFormat.c(planned.plan());
      case "ranges" -> PlanFormat.ranges(planned.plan());
      default -> PlanFormat.text(planned, profile.equals(CachePolicies.LINUX));
    };
  }

  private static void requireOneOf(String option, String given, List<String> choices) {
    if (!choices.contains(given)) {
      throw PagestreamException.of(
          ErrorCode.USAGE,
          option + " '" + given + "'",
          "choose one of: " + String.join(", ", choices));
    }
  }
}
