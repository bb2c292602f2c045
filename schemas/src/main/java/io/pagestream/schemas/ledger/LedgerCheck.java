package io.pagestream.schemas.ledger;

import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.PageCounts;
import io.pagestream.schemas.avro.Stage;
import io.pagestream.schemas.page.BlockLayout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Compares the parts of a ledger and reports differences. */
final class LedgerCheck {
  private static final int MOST_BLOCKS_TOLD = 5;
  private static final List<Stage> JUDGES = List.of(Stage.MAPPER, Stage.ANALYZERS);

  private final ImageLedger ledger;
  private final List<String> problems = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  private LedgerCheck(ImageLedger ledger) {
    this.ledger = ledger;
  }

  static LedgerProof of(ImageLedger ledger) {
    return new LedgerCheck(ledger).proof();
  }

  private LedgerProof proof() {
    ImageManifest manifest = ledger.manifest();
    if (manifest == null) {
      problems.add("The image's manifest never arrived.");
      return proof("", 0, 0, new PageCounts());
    }
    StageTotals mapper = ledger.totals(Stage.MAPPER);
    StageTotals analyzers = ledger.totals(Stage.ANALYZERS);
    checkEnd(manifest);
    JUDGES.forEach(stage -> checkReceipts(manifest, stage));
    if (ledger.lacksProducer()) {
      problems.add("The receipt of the producer for the kernel's records is missing.");
    }
    checkRangeMap(manifest, mapper);
    checkBreakdown(mapper);
    checkAgreement(mapper, analyzers);
    checkReading(mapper);
    return proof(
        manifest.getName(),
        manifest.getRangeMapPages(),
        manifest.getAbsentPages(),
        mapper.counts());
  }

  private LedgerProof proof(String name, long rangeMapPages, long absent, PageCounts counts) {
    problems.addAll(ledger.rejected());
    return new LedgerProof(
        ledger.imageId(),
        name,
        rangeMapPages,
        counts.getMapped(),
        counts.getOverridden(),
        counts.getRefused(),
        counts.getZero(),
        counts.getExcluded(),
        absent,
        counts.getUnreadable(),
        problems,
        notes);
  }

  private void checkEnd(ImageManifest manifest) {
    if (!ledger.isEnded()) {
      problems.add("The image has not been read completely.");
    } else if (ledger.isFailed()) {
      problems.add("Reading the image stopped early; the reason is in its warnings.");
    }
    long sent = ledger.sentRuns();
    if (sent >= 0 && sent != manifest.getRunCount()) {
      problems.add(
          "The producer sent %d runs, the manifest announced %d."
              .formatted(sent, manifest.getRunCount()));
    }
  }

  private void checkReceipts(ImageManifest manifest, Stage stage) {
    StageTally tally = ledger.tally(stage);
    long blocks = ImageLedger.blockCount(manifest);
    if (tally.blocks() < blocks) {
      List<Long> missing = tally.missingBlocks(blocks, MOST_BLOCKS_TOLD);
      problems.add(
          "%d of %d receipts of %s are missing: %s."
              .formatted(
                  blocks - tally.blocks(),
                  blocks,
                  Words.of(stage),
                  blocks(missing, blocks - tally.blocks())));
    }
    BlockLayout layout = new BlockLayout(manifest.getRunsPerBlock());
    List<Long> incomplete = tally.shortBlocks(layout, manifest.getRunCount(), MOST_BLOCKS_TOLD);
    if (!incomplete.isEmpty()) {
      problems.add(
          "%s counted fewer runs than there are in %s; look at the dead letters."
              .formatted(Words.sentence(stage), blocks(incomplete, incomplete.size())));
    }
    if (tally.rewritten() > 0) {
      notes.add(
          "%s wrote %d receipts again with more runs; the last ones hold."
              .formatted(Words.sentence(stage), tally.rewritten()));
    }
  }

  private static String blocks(List<Long> first, long count) {
    String listed = first.stream().map(String::valueOf).collect(Collectors.joining(", "));
    String more = count > first.size() ? " and %d more".formatted(count - first.size()) : "";
    return (count == 1 ? "block " : "blocks ") + listed + more;
  }

  private void checkRangeMap(ImageManifest manifest, StageTotals mapper) {
    long ranges = manifest.getRanges().stream().mapToLong(AddressRange::getPageCount).sum();
    if (ranges != manifest.getRangeMapPages()) {
      problems.add(
          "The ranges have %d pages, the manifest says %d."
              .formatted(ranges, manifest.getRangeMapPages()));
    }
    long accounted = PageTotals.sum(mapper.counts()) + manifest.getAbsentPages();
    if (accounted != manifest.getRangeMapPages()) {
      long gap = manifest.getRangeMapPages() - accounted;
      problems.add(
          "%d pages of the range map's %d are accounted for: %d %s."
              .formatted(
                  accounted,
                  manifest.getRangeMapPages(),
                  Math.abs(gap),
                  gap > 0 ? "are missing" : "too many"));
    }
  }

  private void checkBreakdown(StageTotals mapper) {
    long byReason = StageTotals.sum(mapper.refusedPages());
    if (byReason != mapper.counts().getRefused()) {
      problems.add(
          "The mapper refused %d pages but gives reasons for %d."
              .formatted(mapper.counts().getRefused(), byReason));
    }
    long byRow = StageTotals.sum(mapper.verdictPages());
    if (byRow != mapper.pages()) {
      problems.add(
          "The mapper judged %d pages but names the deciding row for %d."
              .formatted(mapper.pages(), byRow));
    }
  }

  private void checkAgreement(StageTotals mapper, StageTotals analyzers) {
    agree("runs", mapper.runs(), analyzers.runs());
    Map<String, Long> analysed = byClass(analyzers.counts());
    byClass(mapper.counts())
        .forEach((word, pages) -> agree(word, pages, analysed.getOrDefault(word, 0L)));
  }

  private void agree(String what, long mapper, long analyzers) {
    if (mapper != analyzers) {
      problems.add(
          "The mapper counted %d %s, the analyzers %d.".formatted(mapper, what, analyzers));
    }
  }

  private static Map<String, Long> byClass(PageCounts counts) {
    Map<String, Long> byClass = new LinkedHashMap<>();
    byClass.put("mapped pages", counts.getMapped());
    byClass.put("overridden pages", counts.getOverridden());
    byClass.put("refused pages", counts.getRefused());
    byClass.put("zero pages", counts.getZero());
    byClass.put("excluded pages", counts.getExcluded());
    byClass.put("unreadable pages", counts.getUnreadable());
    return byClass;
  }

  /**
   * A refused page is counted as refused regardless of its content, so each class of the producer
   * may shrink, in total by the refused pages.
   */
  private void checkReading(StageTotals mapper) {
    PageCounts read = ledger.readCounts();
    if (read == null) {
      notes.add("The producer's page counts are unknown and were not compared.");
      return;
    }
    PageCounts judged = mapper.counts();
    long readPages = PageTotals.sum(read);
    if (readPages != PageTotals.sum(judged)) {
      problems.add(
          "The producer read %d pages, the mapper judged %d."
              .formatted(readPages, PageTotals.sum(judged)));
    }
    shrinks("with bytes", read.getMapped(), judged.getMapped() + judged.getOverridden());
    shrinks("zero", read.getZero(), judged.getZero());
    shrinks("excluded", read.getExcluded(), judged.getExcluded());
    shrinks("unreadable", read.getUnreadable(), judged.getUnreadable());
  }

  private void shrinks(String what, long read, long judged) {
    if (judged > read) {
      problems.add(
          "The mapper counted %d pages %s, the producer read only %d."
              .formatted(judged, what, read));
    }
  }
}
