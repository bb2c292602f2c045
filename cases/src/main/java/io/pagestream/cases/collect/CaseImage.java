package io.pagestream.cases.collect;

import io.pagestream.cases.verdicts.VerdictStore;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.Stage;
import io.pagestream.schemas.ledger.ImageLedger;

/** The records collected for one image of a case. Confined to the collecting thread. */
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

  /** Its position among the images of the case, from 0. */
  public int place() {
    return place;
  }

  /** Its manifest, receipts and dead letters. */
  public ImageLedger ledger() {
    return ledger;
  }

  /** The verdicts for its pages. */
  public VerdictStore verdicts() {
    return verdicts;
  }

  /** Records and returns whether its facts have changed. */
  boolean facts(boolean changed) {
    factsChanged |= changed;
    return changed;
  }

  /** Records and returns whether its verdicts have changed. */
  boolean verdicts(boolean changed) {
    verdictsChanged |= changed;
    return changed;
  }

  /** Whether there are changed facts or verdicts that have not been taken yet. */
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
