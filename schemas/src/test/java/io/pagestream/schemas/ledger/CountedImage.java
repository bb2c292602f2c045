package io.pagestream.schemas.ledger;

import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.avro.ImageClosed;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.ImageState;
import io.pagestream.schemas.avro.PageCounts;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.RunReceipt;
import io.pagestream.schemas.avro.Stage;
import io.pagestream.schemas.page.PageBitmap;
import io.pagestream.schemas.sample.SampleRecords;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** An image of random runs with correct receipts of the stages. */
final class CountedImage {
  static final String ID = "00112233445566778899aabbccddeeff";

  final ImageManifest manifest;
  final ImageClosed closed;
  final List<RunReceipt> receipts = new ArrayList<>();
  final PageCounts judged = new PageCounts();

  CountedImage(long seed, int runCount, int runsPerBlock) {
    Random random = new Random(seed);
    PageCounts read = new PageCounts();
    List<PageRun> runs = new ArrayList<>();
    List<RunOutcome> outcomes = new ArrayList<>();
    long pages = 0;
    for (int index = 0; index < runCount; index++) {
      int pageCount = 1 + random.nextInt(64);
      runs.add(run(index, pageCount));
      outcomes.add(outcome(random, pageCount, read));
      pages += pageCount;
    }
    long absent = random.nextInt(1000);
    this.manifest = manifest(runCount, runsPerBlock, pages + absent, absent);
    this.closed =
        ImageClosed.newBuilder()
            .setImageId(ID)
            .setRunCount(runCount)
            .setState(ImageState.CLOSED)
            .setFiles(List.of())
            .setReadCounts(read)
            .build();
    outcomes.forEach(outcome -> PageTotals.add(judged, outcome.counts()));
    for (Stage stage : List.of(Stage.MAPPER, Stage.ANALYZERS)) {
      ReceiptBook book = new ReceiptBook(stage, new HeldReceipts());
      for (int index = 0; index < runCount; index++) {
        RunReceipt receipt = book.count(manifest, runs.get(index), outcomes.get(index));
        if (receipt != null) {
          receipts.add(receipt);
        }
      }
    }
  }

  private static RunOutcome outcome(Random random, int pageCount, PageCounts read) {
    PageCounts judged = new PageCounts();
    Map<String, Long> refused = new HashMap<>();
    for (int page = 0; page < pageCount; page++) {
      PageCounts one = new PageCounts();
      switch (random.nextInt(4)) {
        case 0 -> one.setZero(1);
        case 1 -> one.setExcluded(1);
        case 2 -> one.setUnreadable(1);
        default -> one.setMapped(1);
      }
      PageTotals.add(read, one);
      if (random.nextInt(5) == 0) {
        one = new PageCounts();
        one.setRefused(1);
        refused.merge("large-page", 1L, Long::sum);
      } else if (one.getMapped() == 1 && random.nextBoolean()) {
        one.setMapped(0);
        one.setOverridden(1);
      }
      PageTotals.add(judged, one);
    }
    return new RunOutcome(
        (judged.getMapped() + judged.getOverridden()) * 4096,
        judged,
        Map.of("windows:1", (long) pageCount),
        refused,
        Map.of("email", (long) random.nextInt(3)),
        Map.of());
  }

  private static PageRun run(long index, int pageCount) {
    ByteBuffer none = PageBitmap.empty();
    return PageRun.newBuilder()
        .setImageId(ID)
        .setRunIndex(index)
        .setPhysicalAddress(index << 20)
        .setPageCount(pageCount)
        .setZeroPages(none)
        .setExcludedPages(none)
        .setUnreadablePages(none)
        .setPages(none)
        .setLookBehind(none)
        .setLookAhead(none)
        .build();
  }

  private static ImageManifest manifest(
      int runCount, int runsPerBlock, long rangeMapPages, long absent) {
    AddressRange range =
        AddressRange.newBuilder().setPhysicalAddress(0).setPageCount(rangeMapPages).build();
    return SampleRecords.manifest(ID, runCount)
        .setRanges(List.of(range))
        .setRangeMapPages(rangeMapPages)
        .setAbsentPages(absent)
        .setRunsPerBlock(runsPerBlock)
        .build();
  }
}
