package io.pagestream.schemas.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.schemas.avro.PageCounts;
import io.pagestream.schemas.avro.RunReceipt;
import io.pagestream.schemas.avro.Stage;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

/** Each difference between the parts of a ledger is a sentence with both figures. */
class LedgerCheckTest {
  private record PageClass(
      String word, ToLongFunction<PageCounts> get, BiConsumer<PageCounts, Long> set) {
    void add(PageCounts counts, long pages) {
      set.accept(counts, get.applyAsLong(counts) + pages);
    }
  }

  private static final List<PageClass> CLASSES =
      List.of(
          new PageClass("mapped", PageCounts::getMapped, PageCounts::setMapped),
          new PageClass("overridden", PageCounts::getOverridden, PageCounts::setOverridden),
          new PageClass("refused", PageCounts::getRefused, PageCounts::setRefused),
          new PageClass("zero", PageCounts::getZero, PageCounts::setZero),
          new PageClass("excluded", PageCounts::getExcluded, PageCounts::setExcluded),
          new PageClass("unreadable", PageCounts::getUnreadable, PageCounts::setUnreadable));

  /** Twelve blocks, the last of one run. */
  private final CountedImage image = new CountedImage(7, 23, 2);

  @Test
  void anImageWithAShortLastBlockAddsUp() {
    assertThat(problems()).isEmpty();
  }

  @Test
  void theProducersRunsAreThoseOfTheManifest() {
    image.closed.setRunCount(22);
    assertThat(problems()).containsExactly("The producer sent 22 runs, the manifest announced 23.");
    image.closed.setRunCount(0);
    assertThat(problems()).containsExactly("The producer sent 0 runs, the manifest announced 23.");
  }

  @Test
  void missingReceiptsAreCountedAndTheFirstFiveBlocksNamed() {
    lose(Stage.MAPPER, 4);
    assertThat(problems()).contains("1 of 12 receipts of the mapper are missing: block 4.");
    lose(Stage.MAPPER, 0, 11);
    assertThat(problems()).contains("3 of 12 receipts of the mapper are missing: blocks 0, 4, 11.");
    lose(Stage.ANALYZERS, 1, 2, 3, 4, 5);
    assertThat(problems())
        .contains("5 of 12 receipts of the analyzers are missing: blocks 1, 2, 3, 4, 5.");
    lose(Stage.ANALYZERS, 6, 7);
    assertThat(problems())
        .contains(
            "7 of 12 receipts of the analyzers are missing: blocks 1, 2, 3, 4, 5 and 2 more.");
  }

  @Test
  void blocksWithFewerRunsThanTheyHaveAreNamedInOrder() {
    // two blocks whose pages fit into one run
    List<RunReceipt> small =
        of(Stage.MAPPER).stream()
            .filter(receipt -> receipt.getRuns() == 2 && receipt.getPageCount() <= 64)
            .limit(2)
            .toList();
    small.forEach(receipt -> receipt.setRuns(1));
    Collections.reverse(image.receipts);
    assertThat(problems())
        .containsExactly(
            "The mapper counted fewer runs than there are in blocks %d, %d; look at the dead letters."
                .formatted(small.getFirst().getBlock(), small.getLast().getBlock()),
            "The mapper counted 21 runs, the analyzers 23.");
  }

  @Test
  void theRangesHaveThePagesThatTheManifestSays() {
    long pages = image.manifest.getRangeMapPages();
    image.manifest.getRanges().getFirst().setPageCount(pages + 2);
    assertThat(problems())
        .containsExactly(
            "The ranges have %d pages, the manifest says %d.".formatted(pages + 2, pages));
  }

  @Test
  void pagesOfTheRangeMapAreMissingOrTooMany() {
    long pages = image.manifest.getRangeMapPages();
    image.manifest.setRangeMapPages(pages + 4);
    image.manifest.getRanges().getFirst().setPageCount(pages + 4);
    assertThat(problems())
        .containsExactly(
            "%d pages of the range map's %d are accounted for: 4 are missing."
                .formatted(pages, pages + 4));
    image.manifest.setAbsentPages(image.manifest.getAbsentPages() + 5);
    assertThat(problems())
        .containsExactly(
            "%d pages of the range map's %d are accounted for: 1 too many."
                .formatted(pages + 5, pages + 4));
  }

  @Test
  void everyRefusedPageHasAReasonAndEveryPageARow() {
    long refused = image.judged.getRefused();
    for (RunReceipt receipt : of(Stage.MAPPER)) {
      receipt.setRefusedPages(new HashMap<>());
    }
    assertThat(problems())
        .containsExactly("The mapper refused %d pages but gives reasons for 0.".formatted(refused));
    for (RunReceipt receipt : of(Stage.MAPPER)) {
      receipt.setRefusedPages(Map.of("mmio", receipt.getCounts().getRefused()));
      receipt.setVerdictPages(Map.of());
    }
    assertThat(problems())
        .containsExactly(
            "The mapper judged %d pages but names the deciding row for 0."
                .formatted(PageTotals.sum(image.judged)));
  }

  @Test
  void theStagesAgreeOnEveryClassOfPages() {
    for (PageClass from : CLASSES) {
      for (PageClass to : CLASSES) {
        if (!from.equals(to)) {
          PageCounts counts = analyzersCountsWith(from);
          from.add(counts, -1);
          to.add(counts, 1);
          long before = from.get().applyAsLong(image.judged);
          long after = to.get().applyAsLong(image.judged);
          assertThat(problems())
              .containsExactlyInAnyOrder(
                  "The mapper counted %d %s pages, the analyzers %d."
                      .formatted(before, from.word(), before - 1),
                  "The mapper counted %d %s pages, the analyzers %d."
                      .formatted(after, to.word(), after + 1));
          from.add(counts, 1);
          to.add(counts, -1);
        }
      }
    }
  }

  private PageCounts analyzersCountsWith(PageClass wanted) {
    return of(Stage.ANALYZERS).stream()
        .map(RunReceipt::getCounts)
        .filter(counts -> wanted.get().applyAsLong(counts) > 0)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theMapperJudgesAsManyPagesAsTheProducerRead() {
    PageCounts read = image.closed.getReadCounts();
    long pages = PageTotals.sum(read);
    read.setMapped(read.getMapped() + 1);
    assertThat(problems())
        .containsExactly(
            "The producer read %d pages, the mapper judged %d.".formatted(pages + 1, pages));
  }

  @Test
  void noClassOfPagesGrowsBetweenTheProducerAndTheMapper() {
    PageCounts judged = image.judged;
    long bytes = judged.getMapped() + judged.getOverridden();
    read(bytes, judged.getZero(), judged.getExcluded(), judged.getUnreadable());
    assertThat(problems()).isEmpty();
    read(bytes - 1, judged.getZero(), judged.getExcluded(), judged.getUnreadable());
    assertThat(problems()).containsExactly(grown("with bytes", bytes));
    read(bytes, judged.getZero() - 1, judged.getExcluded(), judged.getUnreadable());
    assertThat(problems()).containsExactly(grown("zero", judged.getZero()));
    read(bytes, judged.getZero(), judged.getExcluded() - 1, judged.getUnreadable());
    assertThat(problems()).containsExactly(grown("excluded", judged.getExcluded()));
    read(bytes, judged.getZero(), judged.getExcluded(), judged.getUnreadable() - 1);
    assertThat(problems()).containsExactly(grown("unreadable", judged.getUnreadable()));
  }

  private static String grown(String word, long judged) {
    return "The mapper counted %d pages %s, the producer read only %d."
        .formatted(judged, word, judged - 1);
  }

  /**
   * Sets the producer's counts; the refused class stands for the pages that are in none of them.
   */
  private void read(long bytes, long zero, long excluded, long unreadable) {
    long rest = PageTotals.sum(image.judged) - bytes - zero - excluded - unreadable;
    image.closed.setReadCounts(new PageCounts(bytes, 0L, rest, zero, excluded, unreadable));
  }

  private List<RunReceipt> of(Stage stage) {
    return image.receipts.stream().filter(receipt -> receipt.getStage() == stage).toList();
  }

  private void lose(Stage stage, long... blocks) {
    for (long block : blocks) {
      image.receipts.removeIf(
          receipt -> receipt.getStage() == stage && receipt.getBlock() == block);
    }
  }

  private List<String> problems() {
    ImageLedger ledger = new ImageLedger(CountedImage.ID);
    ledger.manifest(image.manifest);
    ledger.closed(image.closed);
    image.receipts.forEach(ledger::receipt);
    return ledger.proof().problems();
  }
}
