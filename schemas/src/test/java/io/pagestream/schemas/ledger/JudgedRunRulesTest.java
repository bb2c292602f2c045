package io.pagestream.schemas.ledger;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.MappingSpan;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.VerdictKind;
import io.pagestream.schemas.avro.VerdictSpan;
import io.pagestream.schemas.page.Pages;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The bounds of a judged run, each at its last valid and first invalid value. */
class JudgedRunRulesTest {
  /** Ten runs of at most 64 pages. */
  private final ImageManifest manifest = Receipts.manifest(10, 4);

  @Test
  void theRunNumberIsOneOfTheImages() {
    valid(run -> run.setRunIndex(0));
    valid(run -> run.setRunIndex(9));
    invalid(run -> run.setRunIndex(-1), "its run number");
    invalid(run -> run.setRunIndex(10), "its run number");
  }

  @Test
  void aRunHasOneTo64Pages() {
    valid(run -> setPages(run, 1));
    valid(run -> setPages(run, 64));
    invalid(run -> setPages(run, 0), "its number of pages");
    invalid(run -> setPages(run, 65), "its number of pages");
  }

  @Test
  void theAddressIsThatOfAPageAndTheRunEndsAtOrBeforeTheLimit() {
    long last = Pages.ADDRESS_LIMIT - Pages.address(8);
    valid(run -> run.setPhysicalAddress(0));
    valid(run -> run.setPhysicalAddress(last));
    for (long address : List.of(-0x1000L, 1L, last + Pages.SIZE, Pages.ADDRESS_LIMIT, 1L << 62)) {
      invalid(run -> run.setPhysicalAddress(address), "its address");
    }
  }

  @Test
  void noBitmapIsLongerThanTheRun() {
    List<BiConsumer<PageRun, ByteBuffer>> bitmaps =
        List.of(
            PageRun::setZeroPages,
            PageRun::setExcludedPages,
            PageRun::setUnreadablePages,
            PageRun::setWithheldPages,
            PageRun::setDoubtfulPages);
    for (BiConsumer<PageRun, ByteBuffer> set : bitmaps) {
      valid(run -> set.accept(run, ByteBuffer.allocate(1)));
      invalid(run -> set.accept(run, ByteBuffer.allocate(2)), "a bitmap is longer than the run");
      valid(run -> {
        setPages(run, 9);
        set.accept(run, ByteBuffer.allocate(2));
      });
    }
  }

  @Test
  void verdictsCoverTheRunInOrderWithoutGaps() {
    valid(run -> run.setVerdicts(List.of(verdict(0, 1), verdict(1, 7))));
    invalid(run -> run.setVerdicts(List.of()), "its verdicts do not cover it");
    invalid(run -> run.setVerdicts(List.of(verdict(0, 7))), "its verdicts do not cover it");
    for (List<VerdictSpan> spans :
        List.of(
            List.of(verdict(1, 7)),
            List.of(verdict(0, 9)),
            List.of(verdict(0, 8), verdict(8, 0)),
            List.of(verdict(0, 4), verdict(5, 3)),
            List.of(verdict(0, 4), verdict(3, 5)),
            List.of(verdict(0, 4), verdict(4, 5)))) {
      invalid(run -> run.setVerdicts(spans), "its spans do not follow");
    }
  }

  @Test
  void mappingsCoverTheRunOrAreEmpty() {
    valid(run -> run.setMappings(List.of()));
    valid(run -> run.setMappings(List.of(mapping(0, 3), mapping(3, 5))));
    invalid(run -> run.setMappings(List.of(mapping(0, 3))), "its mappings do not cover it");
    invalid(
        run -> run.setMappings(List.of(mapping(0, 3), mapping(4, 4))), "its spans do not follow");
  }

  private void valid(Consumer<PageRun> change) {
    PageRun run = run(change);
    assertThatCode(() -> JudgedRunRules.check(manifest, run)).doesNotThrowAnyException();
  }

  private void invalid(Consumer<PageRun> change, String what) {
    PageRun run = run(change);
    assertThatThrownBy(() -> JudgedRunRules.check(manifest, run))
        .hasMessageContaining("PS-210")
        .hasMessageContaining("invalid judged run: " + what);
  }

  private static PageRun run(Consumer<PageRun> change) {
    PageRun run = Receipts.run(4);
    run.setVerdicts(List.of(verdict(0, run.getPageCount())));
    change.accept(run);
    return run;
  }

  private static void setPages(PageRun run, int pages) {
    run.setPageCount(pages);
    run.setVerdicts(List.of(verdict(0, pages)));
  }

  private static VerdictSpan verdict(int first, int count) {
    return JudgedRuns.span(first, count, VerdictKind.MAPPED, 1, "");
  }

  private static MappingSpan mapping(int first, int count) {
    return MappingSpan.newBuilder().setFirstPage(first).setPageCount(count).build();
  }
}
