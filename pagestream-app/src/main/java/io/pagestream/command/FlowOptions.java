package io.pagestream.command;

import io.pagestream.disk.DiskBudget;
import io.pagestream.producer.run.PayloadMode;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options for the flow of pages through a job on one machine. */
final class FlowOptions {
  private static final long MIB = 1024 * 1024;

  @Option(
      names = "--run-pages",
      paramLabel = "N",
      defaultValue = "64",
      description = "Pages of 4 KiB in one record, 1 to 256 (default: ${DEFAULT-VALUE}).")
  private int runPages;

  @Option(
      names = "--payload",
      paramLabel = "inline|reference|auto",
      defaultValue = "auto",
      description = {
        "How the analyzers receive the bytes of pages. inline: through the broker. reference: as"
            + " positions in the image file, which the analyzers read themselves; pages that the"
            + " file does not store verbatim are sent inline.",
        "The findings are the same. auto: reference (default)."
      })
  private Payload payload = Payload.AUTO;

  /** The option's values. */
  enum Payload {
    INLINE,
    REFERENCE,
    AUTO
  }

  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "4",
      description = "Partitions of the page topic, 1 to 256 (default: ${DEFAULT-VALUE}).")
  private int partitions;

  @Mixin private ThreadsOption threads;

  @Option(
      names = "--max-in-flight",
      paramLabel = "MIB",
      defaultValue = "256",
      description = {
        "Maximum MiB of pages in flight between reader and analyzers (default: ${DEFAULT-VALUE}).",
        "Limits the disk space that the broker uses, and keeps pages that analyzers read from the"
            + " image in the system's page cache."
      })
  private int maxInFlightMib;

  @Option(
      names = "--stall-timeout",
      paramLabel = "SECONDS",
      defaultValue = "300",
      description = "Fail if there is no progress for this time (default: ${DEFAULT-VALUE}).")
  private int stallSeconds;

  @Option(
      names = "--disk-budget",
      paramLabel = "SIZE",
      description = {
        "What the job may take of the disk under --out, temporary files included, such as 500m or"
            + " 20g.",
        "When the limit is reached, the job ends with exit code 3 and keeps the findings so far.",
        "Default: the free space at the start less a twentieth (at least 1 GiB, at most a quarter)."
      })
  private @Nullable String diskBudget;

  Optional<Long> diskBudget() {
    return Optional.ofNullable(diskBudget)
        .map(size -> ByteSize.parse("--disk-budget", size, DiskBudget.LEAST));
  }

  int runPages() {
    return Bounds.check("--run-pages", runPages, 1, 256);
  }

  PayloadMode payload() {
    return payload == Payload.INLINE ? PayloadMode.INLINE : PayloadMode.REFERENCE;
  }

  int partitions() {
    return Bounds.check("--partitions", partitions, 1, 256);
  }

  int threads() {
    return threads.count();
  }

  long maxInFlightBytes() {
    return Bounds.check("--max-in-flight", maxInFlightMib, 16, 1 << 20) * MIB;
  }

  Duration stallTimeout() {
    return Duration.ofSeconds(Bounds.check("--stall-timeout", stallSeconds, 1, 1_000_000));
  }
}
