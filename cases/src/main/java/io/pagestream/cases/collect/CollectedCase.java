package io.pagestream.cases.collect;

import io.pagestream.cases.coverage.ImageCoverage;
import io.pagestream.cases.doubt.CaseDoubt;
import io.pagestream.cases.doubt.CaseOutcome;
import io.pagestream.cases.sort.SortedFindings;
import io.pagestream.cases.verdicts.VerdictStore;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.avro.Stage;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.ledger.ImageLedger;
import io.pagestream.schemas.topic.DeadLetter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything collected for a case. Its findings and verdicts can be read until the collector is
 * closed.
 *
 * @param ledgers one ledger for each image, in the order in which the images were named
 * @param findings the findings, each once
 * @param verdicts the verdicts for the pages of each image, in the same order
 * @param coverage the pages of each image that were not analyzed, in the same order
 * @param problems problems with the findings and verdicts, in sentences
 * @param notes notes about the case, in sentences
 * @param rejectedRecords records that were unreadable or invalid, and are omitted
 * @param rejected details of the first of them that concern no image of the case
 * @param failure why the case is incomplete or its counts disagree; null if there is no failure
 */
public record CollectedCase(
    List<ImageLedger> ledgers,
    SortedFindings findings,
    List<VerdictStore> verdicts,
    List<ImageCoverage> coverage,
    List<String> problems,
    List<String> notes,
    long rejectedRecords,
    List<DeadLetter> rejected,
    @Nullable PagestreamException failure) {
  /** Copies its lists. */
  public CollectedCase {
    ledgers = List.copyOf(ledgers);
    verdicts = List.copyOf(verdicts);
    coverage = List.copyOf(coverage);
    problems = List.copyOf(problems);
    notes = List.copyOf(notes);
    rejected = List.copyOf(rejected);
  }

  /** The same with additional notes. */
  public CollectedCase withNotes(List<String> more) {
    List<String> all = new ArrayList<>(notes);
    all.addAll(more);
    return new CollectedCase(
        ledgers,
        findings,
        verdicts,
        coverage,
        problems,
        all.stream().distinct().toList(),
        rejectedRecords,
        rejected,
        failure);
  }

  /**
   * The same with its images in another order.
   *
   * @param imageIds the images in their order; others follow
   */
  public CollectedCase inOrder(List<String> imageIds) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < ledgers.size(); i++) {
      order.add(i);
    }
    order.sort(
        Comparator.comparingInt((Integer i) -> {
          int place = imageIds.indexOf(ledgers.get(i).imageId());
          return place < 0 ? Integer.MAX_VALUE : place;
        }));
    return new CollectedCase(
        order.stream().map(ledgers::get).toList(),
        findings.inOrder(order),
        order.stream().map(verdicts::get).toList(),
        order.stream().map(coverage::get).toList(),
        problems,
        notes,
        rejectedRecords,
        rejected,
        failure);
  }

  /** Doubts by image: the list that every output shows. */
  public List<CaseDoubt> doubts() {
    List<CaseDoubt> doubts = new ArrayList<>(CaseDoubt.of(ledgers));
    strayDoubts().forEach(doubt -> doubts.add(new CaseDoubt("", "", doubt)));
    return doubts;
  }

  /** Doubts that concern no image of the case: records that were rejected. */
  public List<Doubt> strayDoubts() {
    return RejectedRecords.doubts(rejected);
  }

  /**
   * The outcome of the case, which decides the exit code.
   *
   * @param notOpened images that could not be opened and have no ledger
   */
  public CaseOutcome outcome(int notOpened) {
    long cutShort = ledgers.stream().filter(ImageLedger::isFailed).count();
    return new CaseOutcome(
        doubts().size(), notOpened + cutShort, failedAnalyses(), rejectedRecords, failure);
  }

  /** Failed analyses (one analyzer, one run) in all images; they are listed in the manifest. */
  public long failedAnalyses() {
    return ledgers.stream()
        .flatMap(ledger -> ledger.totals(Stage.ANALYZERS).failures().values().stream())
        .mapToLong(Long::longValue)
        .sum();
  }

  /** Throws {@link #failure()} if there is one; call it when the case folder has been written. */
  public void throwIfFailed() {
    if (failure != null) {
      throw failure;
    }
  }
}
