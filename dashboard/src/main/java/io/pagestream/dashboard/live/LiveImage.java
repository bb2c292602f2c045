package io.pagestream.dashboard.live;

import io.pagestream.cases.text.Words;
import io.pagestream.cases.verdicts.VerdictStore;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.Stage;
import io.pagestream.schemas.ledger.ImageLedger;
import java.nio.file.Path;

/** What is known of one image of a live case. */
final class LiveImage {
  private final int place;
  private final ImageLedger ledger;
  private final VerdictStore verdicts;
  private boolean factsChanged = true;
  private boolean verdictsChanged;

  LiveImage(int place, String imageId, Path scratch) {
    this.place = place;
    this.ledger = new ImageLedger(imageId);
    this.verdicts = new VerdictStore(scratch, "live-" + place);
  }

  int place() {
    return place;
  }

  ImageLedger ledger() {
    return ledger;
  }

  VerdictStore verdicts() {
    return verdicts;
  }

  void factsChanged() {
    factsChanged = true;
  }

  void verdictsChanged() {
    verdictsChanged = true;
  }

  /** Whether the facts have changed since this was last asked. */
  boolean takeFactsChanged() {
    boolean changed = factsChanged;
    factsChanged = false;
    return changed;
  }

  /** Whether the verdicts have changed since this was last asked. */
  boolean takeVerdictsChanged() {
    boolean changed = verdictsChanged;
    verdictsChanged = false;
    return changed;
  }

  /** Whether all that can come has come. */
  boolean isFinished() {
    return ledger.isEnded()
        && ledger.hasAllReceipts(Stage.MAPPER)
        && ledger.hasAllReceipts(Stage.ANALYZERS);
  }

  /** Pages that runs carry; 0 before the manifest is known. */
  long pages() {
    ImageManifest manifest = ledger.manifest();
    return manifest == null ? 0 : manifest.getRangeMapPages() - manifest.getAbsentPages();
  }

  ImageProgress progress(double pagesPerSecond) {
    ImageManifest manifest = ledger.manifest();
    long analyzed = ledger.progress(Stage.ANALYZERS).pages();
    long left = Math.max(0, pages() - analyzed);
    Long eta = left == 0 ? Long.valueOf(0) : null;
    if (left > 0 && pagesPerSecond > 1 && !isFinished()) {
      eta = Math.round(left / pagesPerSecond);
    }
    return new ImageProgress(
        ledger.imageId(),
        manifest == null ? ledger.imageId() : manifest.getName(),
        manifest == null ? "unknown" : Words.of(manifest.getState()),
        pages(),
        ledger.progress(Stage.MAPPER).pages(),
        analyzed,
        eta,
        ledger.totals(Stage.ANALYZERS).findings(),
        ledger.totals(Stage.ANALYZERS).failures());
  }
}
