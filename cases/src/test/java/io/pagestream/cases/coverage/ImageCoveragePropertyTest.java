package io.pagestream.cases.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.cases.verdicts.VerdictStore;
import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.PageStreamRecord;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.RunReceipt;
import io.pagestream.schemas.avro.Stage;
import io.pagestream.schemas.avro.VerdictSpan;
import io.pagestream.schemas.codec.RecordCodec;
import io.pagestream.schemas.ledger.HeldReceipts;
import io.pagestream.schemas.ledger.ImageLedger;
import io.pagestream.schemas.ledger.ReceiptBook;
import io.pagestream.schemas.ledger.RunCounts;
import io.pagestream.schemas.ledger.RunOutcome;
import io.pagestream.schemas.ledger.Unseen;
import io.pagestream.schemas.page.Pages;
import io.pagestream.schemas.sample.SampleRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/**
 * Images with pages of every state, runs that are lost before the mapper, between the stages, or on
 * which every analyzer fails: each page is counted with the exact reason why it was not analyzed.
 */
class ImageCoveragePropertyTest {
  private static final String IMAGE = "0123456789abcdef0123456789abcdef";
  private static final int RUN_PAGES = 8;
  private static final String STATES = "BBBBzxuWr";

  /** The fate of a run: it arrives everywhere, or is lost in one of several ways. */
  private enum Fate {
    DONE,
    EVERY_ANALYZER_FAILS,
    LOST_BEFORE_ANALYZERS,
    LOST_BEFORE_MAPPER
  }

  @Property(tries = 200)
  void every_page_that_nobody_saw_is_counted_for_its_reason_at_its_place(@ForAll long seed)
      throws IOException {
    Random random = new Random(seed);
    Map<Long, Unseen> expected = new TreeMap<>();
    List<PageRun> runs = new ArrayList<>();
    List<Fate> fates = new ArrayList<>();
    long page = 0;
    long absent = 0;
    for (int index = 0; index < 1 + random.nextInt(12); index++) {
      // A gap next to a lost run is one range, which either of the two may fill.
      boolean gap = random.nextInt(4) == 0 && (fates.isEmpty() || fates.getLast() == Fate.DONE);
      for (int i = gap ? 1 + random.nextInt(5) : 0; i > 0; i--) {
        expected.put(page++, Unseen.ABSENT);
        absent++;
      }
      Fate fate = gap || random.nextInt(3) > 0 ? Fate.DONE : Fate.values()[random.nextInt(4)];
      String states = states(random, fate == Fate.LOST_BEFORE_MAPPER);
      fates.add(fate);
      runs.add(run(index, page, states));
      for (int i = 0; i < states.length(); i++) {
        Unseen reason = reason(states.charAt(i), fate);
        if (reason != null) {
          expected.put(page, reason);
        }
        page++;
      }
    }
    ImageCoverage coverage = coverage(manifest(page, absent, runs.size()), runs, fates);

    assertThat(places(coverage)).isEqualTo(expected);
    assertThat(coverage.pages()).isEqualTo(counts(expected));
    assertThat(coverage.problems()).isEmpty();
  }

  /** The zero pages of a run without a verdict are not known. */
  private static String states(Random random, boolean onlyBytes) {
    StringBuilder states = new StringBuilder();
    for (int i = 1 + random.nextInt(RUN_PAGES); i > 0; i--) {
      states.append(onlyBytes ? 'B' : STATES.charAt(random.nextInt(STATES.length())));
    }
    return states.toString();
  }

  private static @Nullable Unseen reason(char state, Fate fate) {
    return switch (state) {
      case 'z' -> null;
      case 'x' -> Unseen.EXCLUDED;
      case 'u' -> Unseen.UNREADABLE;
      case 'W' -> Unseen.WITHHELD;
      default -> fate == Fate.DONE ? null : Unseen.FAILED;
    };
  }

  private static ImageCoverage coverage(
      ImageManifest manifest, List<PageRun> runs, List<Fate> fates) throws IOException {
    ImageLedger ledger = new ImageLedger(IMAGE);
    assertThat(ledger.manifest(manifest)).isTrue();
    ReceiptBook mapper = new ReceiptBook(Stage.MAPPER, new HeldReceipts());
    ReceiptBook analyzers = new ReceiptBook(Stage.ANALYZERS, new HeldReceipts());
    RecordCodec<PageStreamRecord> codec = new RecordCodec<>(PageStreamRecord.class);
    Path scratch = Files.createTempDirectory("coverage");
    try (VerdictStore verdicts = new VerdictStore(scratch, "v")) {
      verdicts.manifest(manifest);
      for (int i = 0; i < runs.size(); i++) {
        PageRun run = runs.get(i);
        if (fates.get(i) != Fate.LOST_BEFORE_MAPPER) {
          count(ledger, mapper.count(manifest, run, outcome(run, false)));
          assertThat(verdicts.add(run, codec.encode(new PageStreamRecord(run)))).isTrue();
          if (fates.get(i) != Fate.LOST_BEFORE_ANALYZERS) {
            boolean failed = fates.get(i) == Fate.EVERY_ANALYZER_FAILS;
            count(ledger, analyzers.count(manifest, run, outcome(run, failed)));
          }
        }
      }
      mapper.close(IMAGE).forEach(receipt -> count(ledger, receipt));
      analyzers.close(IMAGE).forEach(receipt -> count(ledger, receipt));
      return ImageCoverage.of(ledger, verdicts);
    } finally {
      Files.delete(scratch);
    }
  }

  private static void count(ImageLedger ledger, @Nullable RunReceipt receipt) {
    if (receipt != null) {
      var unusedNews = ledger.receipt(RunReceipt.newBuilder(receipt).build());
    }
  }

  private static RunOutcome outcome(PageRun run, boolean failed) {
    return new RunOutcome(
        0,
        RunCounts.of(run),
        RunCounts.byRow(run),
        RunCounts.refusedByReason(run),
        Map.of(),
        Map.of(),
        RunCounts.notAnalyzed(run, failed),
        failed,
        Map.of(),
        List.of(),
        Map.of());
  }

  private static ImageManifest manifest(long pages, long absent, long runs) {
    return SampleRecords.manifest(IMAGE, runs)
        .setRanges(
            List.of(
                AddressRange.newBuilder()
                    .setPhysicalAddress(0)
                    .setPageCount(pages)
                    .setKind(RangeKind.RAM)
                    .setEstablished(CacheType.UNKNOWN)
                    .build()))
        .setRangeMapPages(pages)
        .setAbsentPages(absent)
        .setRunPages(RUN_PAGES)
        .setRunsPerBlock(3)
        .build();
  }

  private static PageRun run(long index, long firstPage, String states) {
    return SampleRecords.run(IMAGE, index, Pages.address(firstPage), states)
        .setVerdicts(verdicts(states))
        .build();
  }

  private static List<VerdictSpan> verdicts(String states) {
    List<VerdictSpan> spans = new ArrayList<>();
    for (int page = 0; page < states.length(); page++) {
      boolean refused = "Wr".indexOf(states.charAt(page)) >= 0;
      spans.add(SampleRecords.verdict(page, 1, refused).build());
    }
    return spans;
  }

  private static Map<Long, Unseen> places(ImageCoverage coverage) {
    Map<Long, Unseen> places = new TreeMap<>();
    for (UnseenRange range : coverage.ranges()) {
      for (long page = 0; page < range.pageCount(); page++) {
        places.put(Pages.frameNumber(range.physicalAddress()) + page, range.reason());
      }
    }
    return places;
  }

  private static Map<Unseen, Long> counts(Map<Long, Unseen> places) {
    Map<Unseen, Long> counts = new EnumMap<>(Unseen.class);
    places.values().forEach(reason -> counts.merge(reason, 1L, Long::sum));
    return counts;
  }
}
