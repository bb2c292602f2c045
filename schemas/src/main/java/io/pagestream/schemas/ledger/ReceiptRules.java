package io.pagestream.schemas.ledger;

import io.pagestream.schemas.avro.CappedRange;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.PageCounts;
import io.pagestream.schemas.avro.RunReceipt;
import io.pagestream.schemas.avro.Stage;
import io.pagestream.schemas.page.BlockLayout;
import io.pagestream.schemas.page.Pages;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Conditions that a receipt must satisfy to be counted. Receipts come from a topic to which other
 * clients may write; with these limits no sum over them overflows.
 */
public final class ReceiptRules {
  /** Far above the size of any block, and small enough that no sum overflows. */
  private static final long MOST_FINDINGS = 1L << 40;

  private ReceiptRules() {}

  /** The problem of a receipt, as the end of a sentence; null if there is none. */
  public static @Nullable String violation(ImageManifest manifest, RunReceipt receipt) {
    BlockLayout layout = new BlockLayout(manifest.getRunsPerBlock());
    long block = receipt.getBlock();
    if (block < 0 || block >= layout.blockCount(manifest.getRunCount())) {
      return "the image has no such block";
    }
    long first = layout.firstRun(block);
    long last = Math.min(layout.firstRun(block + 1), manifest.getRunCount()) - 1;
    if (receipt.getFirstRunIndex() != first || receipt.getLastRunIndex() != last) {
      return "it covers runs %d to %d where the block has %d to %d"
          .formatted(receipt.getFirstRunIndex(), receipt.getLastRunIndex(), first, last);
    }
    // Zero is possible: every run of the block became a dead letter.
    if (receipt.getRuns() < 0 || receipt.getRuns() > last - first + 1) {
      return "it counts %d runs of %d".formatted(receipt.getRuns(), last - first + 1);
    }
    return receipt.getStage() == Stage.PRODUCER
        ? producerViolation(manifest, receipt)
        : pageViolation(manifest, receipt);
  }

  /** The producer writes one receipt, which counts findings only. */
  private static @Nullable String producerViolation(ImageManifest manifest, RunReceipt receipt) {
    if (!manifest.getKernelFindings() || receipt.getBlock() != 0 || receipt.getRuns() != 0) {
      return "the manifest does not announce it";
    }
    return pageViolation(manifest, receipt);
  }

  private static @Nullable String pageViolation(ImageManifest manifest, RunReceipt receipt) {
    long mostPages = (long) receipt.getRuns() * manifest.getRunPages();
    if (receipt.getPageCount() < receipt.getRuns() || receipt.getPageCount() > mostPages) {
      return "it counts %d pages in %d runs".formatted(receipt.getPageCount(), receipt.getRuns());
    }
    long mostBytes = receipt.getPageCount() * manifest.getPageSizeBytes();
    if (receipt.getPayloadBytes() < 0 || receipt.getPayloadBytes() > mostBytes) {
      return "it counts %d bytes in %d pages"
          .formatted(receipt.getPayloadBytes(), receipt.getPageCount());
    }
    if (!addsUpTo(receipt.getCounts(), receipt.getPageCount())) {
      return "its counts do not add up to its %d pages".formatted(receipt.getPageCount());
    }
    if (hasNegative(receipt.getVerdictPages())
        || hasNegative(receipt.getRefusedPages())
        || hasNegative(receipt.getFindings())
        || hasNegative(receipt.getFailures())
        || hasNegative(receipt.getNotAnalyzed())
        || hasNegative(receipt.getCappedFindings())) {
      return "it has a negative count";
    }
    for (long pages : receipt.getNotAnalyzed().values()) {
      if (pages > receipt.getPageCount()) {
        return "it has %d pages not analyzed of %d".formatted(pages, receipt.getPageCount());
      }
    }
    return cappedViolation(receipt);
  }

  private static @Nullable String cappedViolation(RunReceipt receipt) {
    long end = 0;
    long findings = 0;
    for (CappedRange range : receipt.getCappedRanges()) {
      if (range.getPhysicalAddress() < end
          || range.getPageCount() < 1
          || range.getPageCount() > receipt.getPageCount()
          || range.getPhysicalAddress() >= Pages.ADDRESS_LIMIT
          || range.getFindings() < 1
          || range.getFindings() > MOST_FINDINGS) {
        return "its ranges of capped findings are out of order or out of bounds";
      }
      end = range.getPhysicalAddress() + Pages.address(range.getPageCount());
      findings += range.getFindings();
    }
    if (StageTotals.sum(receipt.getCappedFindings()) != findings) {
      return "it counts capped findings otherwise by kind than by range";
    }
    return null;
  }

  /** Whether no class is negative or larger than the total, and the total is {@code pages}. */
  static boolean addsUpTo(PageCounts counts, long pages) {
    long[] classes = {
      counts.getMapped(),
      counts.getOverridden(),
      counts.getRefused(),
      counts.getZero(),
      counts.getExcluded(),
      counts.getUnreadable()
    };
    long left = pages;
    for (long count : classes) {
      if (count < 0 || count > left) {
        return false;
      }
      left -= count;
    }
    return left == 0;
  }

  private static boolean hasNegative(Map<String, Long> counts) {
    return counts.values().stream().anyMatch(count -> count < 0);
  }
}
