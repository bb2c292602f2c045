package io.pagestream.cases.collect;

import io.pagestream.cases.verdicts.VerdictStore;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.Stage;
import io.pagestream.schemas.ledger.ImageLedger;

/** What has been collected for one image of a case. Belongs to the collecting thread. */
public final class CaseImage {
  private final int place;
  private final ImageLedger ledger;
  private final VerdictStore verdicts;
  private boolean factsChanged = true;
  private boolean verdictsChanged;

  CaseImage(int place, ImageLedger ledger, VerdictStore verdicts) {
    this.place = place;
    this.ledger = ledger;
    this.verdicts = verdicts;
  }

  /** Its place among the images of the case, from 0. */
  public int place() {
    return place;
  }

  /** Its manifest, receipts and dead letters. */
  public ImageLedger ledger() {
    return ledger;
  }

  /** The verdicts on its pages. */
  public VerdictStore verdicts() {
    return verdicts;
  }

  /** Notes whether its facts have changed, and passes that on. */
  boolean facts(boolean changed) {
    factsChanged |= changed;
    return changed;
  }

  /** Notes whether its verdicts have changed, and passes that on. */
  boolean verdicts(boolean changed) {
    verdictsChanged |= changed;
    return changed;
  }

  /** Whether facts or verdicts have changed that were not taken yet. */
  public boolean hasChanges() {
    return factsChanged || verdictsChanged;
  }

  /** Whether the facts have changed since this was last called. */
  public boolean takeFactsChanged() {
    boolean changed = factsChanged;
    factsChanged = false;
    return changed;
  }

  /** Whether the verdicts have changed since this was last called. */
  public boolean takeVerdictsChanged() {
    boolean changed = verdictsChanged;
    verdictsChanged = false;
    return changed;
  }

  /** Whether the image has ended and every block has its receipts. */
  public boolean isFinished() {
    return ledger.isEnded()
        && ledger.hasAllReceipts(Stage.MAPPER)
        && ledger.hasAllReceipts(Stage.ANALYZERS);
  }

  /** Pages that runs carry; 0 before the manifest is known. */
  public long pages() {
    ImageManifest manifest = ledger.manifest();
    return manifest == null ? 0 : manifest.getRangeMapPages() - manifest.getAbsentPages();
  }
}
