package io.pagestream.command;

import io.pagestream.cases.live.FindingFilter;
import io.pagestream.schemas.avro.Confidence;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that select findings. */
final class FilterOptions {
  /** The levels that can be requested. */
  enum Level {
    LOW,
    MEDIUM,
    HIGH;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      split = ",",
      description = "Only these kinds, for example email,aes-key.")
  private Set<String> kinds = Set.of();

  @Option(
      names = "--image",
      paramLabel = "IMAGE",
      split = ",",
      description = "Only these images, by id or by name.")
  private Set<String> images = Set.of();

  @Option(
      names = "--confidence",
      paramLabel = "LEVEL",
      description = {
        "Only findings with at least this confidence: ${COMPLETION-CANDIDATES}.",
        "'pagestream analyzers' shows the confidence of each kind."
      })
  private @Nullable Level least;

  /** The selected findings. */
  FindingFilter filter() {
    return new FindingFilter(kinds, images, least());
  }

  private Confidence least() {
    return switch (least) {
      case null -> Confidence.UNRATED;
      case LOW -> Confidence.LOW;
      case MEDIUM -> Confidence.MEDIUM;
      case HIGH -> Confidence.HIGH;
    };
  }
}
