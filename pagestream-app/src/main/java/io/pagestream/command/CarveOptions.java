package io.pagestream.command;

import io.pagestream.carve.CarveCounts;
import io.pagestream.carve.CarveLimits;
import io.pagestream.cases.space.FreeSpace;
import io.pagestream.cases.terminal.TerminalWriter;
import io.pagestream.cases.text.Quantities;
import io.pagestream.program.ExitCode;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options of the commands that carve files. */
final class CarveOptions {
  @Option(
      names = "--carve-limit",
      paramLabel = "SIZE",
      defaultValue = "64m",
      description = {
        "Maximum size of a carved file, such as 500k or 1g (default: ${DEFAULT-VALUE}, at most 4g).",
        "A larger file is cut."
      })
  private String limit;

  /**
   * The limits.
   *
   * @param out the folder for carved files
   * @param budget maximum disk space, if the user limits it; otherwise half of the free space
   */
  CarveLimits limits(Path out, Optional<Long> budget) {
    long bytes = ByteSize.parse("--carve-limit", limit, 1);
    long disk = budget.orElseGet(() -> half(out));
    return new CarveLimits(Math.min(bytes, CarveLimits.MOST_FILE_BYTES), disk);
  }

  private static long half(Path out) {
    Path existing = out.toAbsolutePath();
    while (existing.getParent() != null && !Files.isDirectory(existing.getParent())) {
      existing = existing.getParent();
    }
    try {
      return Math.max(1, FreeSpace.around(existing).store().getUsableSpace() / 2);
    } catch (IOException e) {
      throw PagestreamException.inFile(
              ErrorCode.OUTPUT_NOT_WRITABLE,
              out.toString(),
              "the free space cannot be determined: " + e.getMessage(),
              "check the disk, or give --disk-budget")
          .causedBy(e);
    }
  }

  /** Prints the result, and returns the exit code. */
  static int report(CarveCounts counts, Path out, TerminalWriter terminal) {
    terminal.println(
        "carved %s files (%s complete, %s cut), %s, to %s"
            .formatted(
                Quantities.count(counts.complete() + counts.cut()),
                Quantities.count(counts.complete()),
                Quantities.count(counts.cut()),
                Quantities.bytes(counts.bytes()),
                out));
    if (counts.decoded() > 0) {
      terminal.println(
          "not carved: %s files in decoded data".formatted(Quantities.count(counts.decoded())));
    }
    if (counts.omitted() > 0) {
      terminal.println(
          "not carved: %s files, because the disk budget was reached"
              .formatted(Quantities.count(counts.omitted())));
    }
    terminal.flush();
    return counts.omitted() > 0 ? ExitCode.DONE_WITH_FAILURES : ExitCode.DONE;
  }
}
