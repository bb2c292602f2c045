package io.pagestream.dashboard.live;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far an image is.
 *
 * @param imageId its id
 * @param name its name
 * @param state open, closed or failed
 * @param pages pages that runs carry
 * @param mapperPages pages that the mapper has finished
 * @param analyzerPages pages that the analyzers have finished
 * @param etaSeconds how long it still takes at the present rate; null if nobody can tell
 * @param findings findings by kind
 * @param failures failed analyses by analyzer and reason
 */
public record ImageProgress(
    String imageId,
    String name,
    String state,
    long pages,
    long mapperPages,
    long analyzerPages,
    @Nullable Long etaSeconds,
    Map<String, Long> findings,
    Map<String, Long> failures) {
  /** Copies its maps. */
  public ImageProgress {
    findings = Map.copyOf(findings);
    failures = Map.copyOf(failures);
  }
}
