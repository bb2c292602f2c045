package io.pagestream.command;

import io.pagestream.producer.image.OpenOptions;
import io.pagestream.producer.image.PageTableDepth;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of every command that opens images. */
final class ImageOptions {
  @Option(
      names = "--ranges",
      paramLabel = "FILE",
      description = {
        "Where a raw image's bytes lie in physical memory (docs/ranges-side-file.md).",
        "Default: IMAGE.ranges.json beside the image, if there is one."
      })
  private @Nullable Path ranges;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "Take the image for this format (raw, lime, elf, kdump), whatever it looks like.")
  private @Nullable String format;

  @Option(
      names = "--page-tables",
      paramLabel = "all|kernel|off",
      defaultValue = "all",
      description = {
        "How much of the image's own page tables is read, for the cache types of its pages.",
        "all: every process's, for which the image is searched (default).",
        "kernel: only the kernel's. off: none."
      })
  private PageTableDepth pageTables = PageTableDepth.ALL;

  OpenOptions options() {
    OpenOptions options = OpenOptions.defaults().withPageTables(pageTables);
    if (ranges != null) {
      options = options.withRangesFile(ranges);
    }
    return format == null ? options : options.withFormat(format);
  }
}
