package io.pagestream.command;

import io.pagestream.producer.image.OpenOptions;
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

  OpenOptions options() {
    OpenOptions options = OpenOptions.defaults();
    if (ranges != null) {
      options = options.withRangesFile(ranges);
    }
    return format == null ? options : options.withFormat(format);
  }
}
