package io.pagestream.cases.collect;

import io.pagestream.cases.coverage.ImageCoverage;
import io.pagestream.cases.sort.FindingSorter;
import io.pagestream.cases.sort.SortedFindings;
import io.pagestream.cases.verdicts.VerdictStore;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.avro.ImageFile;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.Stage;
import io.pagestream.schemas.ledger.ImageLedger;
import io.pagestream.schemas.page.Pages;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The records collected for one image of a case. Confined to the collecting thread. */
public final class CaseImage {
  private final int place;
  private final ImageLedger ledger;
  private final VerdictStore verdicts;
  private final FindingSorter sorter;
  private boolean factsChanged = true;
  private boolean verdictsChanged;
  private boolean complete;
  private boolean handedOut;
  private boolean contradictionsNoted;
  private @Nullable FindingsCheck check;
  private long nextCheckAt;

  CaseImage(int place, ImageLedger ledger, VerdictStore verdicts, FindingSorter sorter) {
    this.place = place;
    this.ledger = ledger;
    this.verdicts = verdicts;
    this.sorter = sorter;
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

  /** Its findings. */
  FindingSorter sorter() {
    return sorter;
  }

  /** Records and returns whether its facts have changed. */
  boolean facts(boolean changed) {
    factsChanged |= changed;
    complete &= !changed;
    return changed;
  }

  /** Records and returns whether its verdicts have changed. */
  boolean verdicts(boolean changed) {
    verdictsChanged |= changed;
    return changed;
  }

  /** The receipts now count a different number of findings. */
  void receiptsChanged() {
    nextCheckAt = 0;
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
    return ledger.isEnded() && ledger.hasAllReceipts();
  }

  /**
   * Whether everything has arrived. Counting distinct findings requires a pass over all of them, so
   * it is done only when as many have arrived as were missing the last time.
   */
  boolean isComplete() {
    if (complete) {
      return true;
    }
    if (!isFinished()
        || VerdictCheck.missing(List.of(ledger), List.of(verdicts)) > 0
        || ledger.missingDeadLetters() > 0
        || sorter.received() < Math.max(ledger.findingCount(), nextCheckAt)) {
      return false;
    }
    FindingsCheck now = check();
    nextCheckAt = sorter.received() + Math.max(1, now.missing());
    complete = now.missing() == 0;
    return complete;
  }

  /** Whether it is complete for the first time since this was last called. */
  boolean takeCompleted() {
    if (handedOut || !isComplete()) {
      return false;
    }
    handedOut = true;
    return true;
  }

  /** It was complete before: {@link #takeCompleted} does not report it. */
  void wasComplete() {
    handedOut = true;
  }

  /** Its findings so far, compared with its receipts. */
  FindingsCheck check() {
    FindingsCheck last = check;
    SortedFindings sorted =
        last == null || last.received() != sorter.received() ? sorter.sorted() : last.findings();
    last = new FindingsCheck(List.of(ledger), sorted, sorter.received());
    check = last;
    return last;
  }

  /** Its pages that were not analyzed; reads all verdicts. */
  ImageCoverage coverage() {
    return ImageCoverage.of(ledger, verdicts);
  }

  /** Records findings and verdicts that contradict others as doubts, once. */
  void noteContradictions() {
    if (contradictionsNoted) {
      return;
    }
    contradictionsNoted = true;
    long records = verdicts.contradictions();
    if (records > 0) {
      ledger.doubt(
          new Doubt(
              "verdict-contradicts",
              0L,
              0L,
              "%d verdict records contradict earlier ones of the same runs; the first ones hold."
                  .formatted(records)));
    }
    for (FindingSorter.Contradiction contradiction : sorter.contradictions()) {
      ledger.doubt(
          new Doubt(
              "finding-contradicts",
              contradiction.mayBePhysical() ? Pages.floor(contradiction.address()) : 0L,
              contradiction.mayBePhysical() ? 1L : 0L,
              "Two different findings have one id (%s); one of them is forged."
                  .formatted(contradiction.kind())));
    }
  }

  /** Pages that runs carry; 0 before the manifest is known. */
  public long pages() {
    ImageManifest manifest = ledger.manifest();
    return manifest == null ? 0 : manifest.getRangeMapPages() - manifest.getAbsentPages();
  }

  /** The part of its files' bytes that corresponds to its analyzed pages. */
  long fileBytesDone() {
    ImageManifest manifest = ledger.manifest();
    if (manifest == null) {
      return 0;
    }
    long bytes = manifest.getFiles().stream().mapToLong(ImageFile::getSizeBytes).sum();
    double share = (double) ledger.progress(Stage.ANALYZERS).pages() / Math.max(1, pages());
    return ledger.isEnded() && pages() == 0 ? bytes : (long) (bytes * Math.min(1, share));
  }

  /** Deletes its temporary files. */
  void close() {
    sorter.close();
    verdicts.close();
  }
}
