package io.pagestream.dashboard.live;

import io.pagestream.cases.collect.CaseImage;
import io.pagestream.cases.text.Words;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.Stage;
import io.pagestream.schemas.ledger.ImageLedger;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The progress of an image.
 *
 * @param imageId its id
 * @param name its name
 * @param state open, closed or failed
 * @param pages pages in runs
 * @param mapperPages pages that the mapper has finished
 * @param analyzerPages pages that the analyzers have finished
 * @param etaSeconds remaining time at the present rate; null if it is not known
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

  /** The progress of an image, given the present rate in pages per second. */
  static ImageProgress of(CaseImage image, double pagesPerSecond) {
    ImageLedger ledger = image.ledger();
    ImageManifest manifest = ledger.manifest();
    long analyzed = ledger.progress(Stage.ANALYZERS).pages();
    long left = Math.max(0, image.pages() - analyzed);
    Long eta = left == 0 ? Long.valueOf(0) : null;
    if (left > 0 && pagesPerSecond > 1 && !image.isFinished()) {
      eta = Math.round(left / pagesPerSecond);
    }
    return new ImageProgress(
        ledger.imageId(),
        manifest == null ? ledger.imageId() : manifest.getName(),
        manifest == null ? "unknown" : Words.of(manifest.getState()),
        image.pages(),
        ledger.progress(Stage.MAPPER).pages(),
        analyzed,
        eta,
        ledger.findings(),
        ledger.totals(Stage.ANALYZERS).failures());
  }
}
