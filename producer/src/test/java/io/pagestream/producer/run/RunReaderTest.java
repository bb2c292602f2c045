package io.pagestream.producer.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.images.memory.PageState;
import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.schemas.avro.MappingSpan;
import io.pagestream.schemas.avro.PageCounts;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.ledger.PageTotals;
import io.pagestream.schemas.page.PageBitmap;
import io.pagestream.schemas.page.Pages;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** The content of runs, for any run size. */
class RunReaderTest {
  private static final int BEHIND = 512;
  private static final int AHEAD = 3 * Pages.SIZE;

  @Property(tries = 60)
  void everyPageArrivesOnceWithItsStateAndBytes(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
      @ForAll @IntRange(min = 1, max = 40) int runPages) {
    SparseImage image = new SparseImage(seed).with(3, 29).with(32, 5).with(100, 1).with(200, 70);
    PageCounts counts = new PageCounts();
    long expectedFrame = 3;
    for (PageRun run : read(image, runPages, counts)) {
      int carried = 0;
      for (int page = 0; page < run.getPageCount(); page++) {
        long frame = Pages.frameNumber(run.getPhysicalAddress()) + page;
        if (frame != expectedFrame) {
          assertThat(frame).isIn(100L, 200L);
        }
        expectedFrame = frame + 1;
        assertThat(PageBitmap.isSet(run.getExcludedPages(), page))
            .isEqualTo(image.stateOf(frame) == PageState.EXCLUDED);
        assertThat(PageBitmap.isSet(run.getUnreadablePages(), page))
            .isEqualTo(image.stateOf(frame) == PageState.UNREADABLE);
        assertThat(PageBitmap.isSet(run.getZeroPages(), page)).isEqualTo(image.isZero(frame));
        if (image.stateOf(frame) == PageState.PRESENT && !image.isZero(frame)) {
          assertThat(slice(run.getPages(), carried++ * Pages.SIZE, Pages.SIZE))
              .isEqualTo(image.bytesOf(frame));
        }
      }
      assertThat(run.getPages().remaining()).isEqualTo(carried * Pages.SIZE);
      neighboursAreTrue(image, run);
    }
    assertThat(expectedFrame).isEqualTo(270);
    assertThat(PageTotals.sum(counts)).isEqualTo(105);
    assertThat(image.pagesRead).as("each page is read once").isEqualTo(105);
  }

  private static void neighboursAreTrue(SparseImage image, PageRun run) {
    long first = Pages.frameNumber(run.getPhysicalAddress());
    long next = first + run.getPageCount();
    if (run.getLookBehind().hasRemaining()) {
      byte[] page = image.bytesOf(first - 1);
      assertThat(slice(run.getLookBehind(), 0, BEHIND))
          .isEqualTo(Arrays.copyOfRange(page, Pages.SIZE - BEHIND, Pages.SIZE));
    }
    int shown = 0;
    while (shown < AHEAD / Pages.SIZE && readable(image, next + shown)) {
      shown++;
    }
    if (run.getLookAhead().hasRemaining()) {
      assertThat(run.getLookAhead().remaining()).isEqualTo(shown * Pages.SIZE);
      for (int page = 0; page < shown; page++) {
        assertThat(slice(run.getLookAhead(), page * Pages.SIZE, Pages.SIZE))
            .isEqualTo(image.bytesOf(next + page));
      }
    }
    boolean firstHasBytes = image.stateOf(first) == PageState.PRESENT && !image.isZero(first);
    boolean lastHasBytes = image.stateOf(next - 1) == PageState.PRESENT && !image.isZero(next - 1);
    assertThat(run.getLookBehind().hasRemaining())
        .isEqualTo(firstHasBytes && readable(image, first - 1));
    if (lastHasBytes) {
      assertThat(run.getLookAhead().hasRemaining()).isEqualTo(readable(image, next));
    }
    if (image.isZero(next - 1)) {
      assertThat(run.getLookAhead().hasRemaining())
          .as("after a zero page what may continue an artifact of its tail, or one before it")
          .isEqualTo(shown > 0 && (!image.isZero(next) || bytesWithinReach(image, first, next)));
    }
  }

  private static boolean bytesWithinReach(SparseImage image, long first, long next) {
    for (long frame = next - 1; frame >= Math.max(first, next - AHEAD / Pages.SIZE); frame--) {
      if (image.stateOf(frame) != PageState.PRESENT) {
        return false;
      }
      if (!image.isZero(frame)) {
        return true;
      }
    }
    return false;
  }

  private static boolean readable(SparseImage image, long frame) {
    return image.extents().stream().anyMatch(extent -> contains(extent, frame))
        && image.stateOf(frame) == PageState.PRESENT;
  }

  private static boolean contains(PhysicalExtent extent, long frame) {
    return Pages.address(frame) >= extent.physicalAddress()
        && Pages.address(frame) < extent.endAddress();
  }

  @Test
  void touchingExtentsAreOneStretchAndGapsPartRuns() {
    SparseImage image = new SparseImage(1).with(0, 3).with(3, 3).with(10, 2);
    RunPlan plan = RunPlan.of(image.extents(), 4);
    assertThat(plan.runCount()).isEqualTo(3);
    assertThat(plan.run(0)).isEqualTo(new RunPlan.PlannedRun(0, 0, 4, false, 2));
    assertThat(plan.run(1)).isEqualTo(new RunPlan.PlannedRun(1, 4 * 4096, 2, true, 0));
    assertThat(plan.run(2)).isEqualTo(new RunPlan.PlannedRun(2, 10 * 4096, 2, false, 0));
  }

  @Test
  void aRunCarriesWhatPageTablesSayOfItsPages() {
    SparseImage image = new SparseImage(1).with(8, 6);
    RunPlan plan = RunPlan.of(image.extents(), 4);
    MappingSource mappings =
        (address, pages) ->
            List.of(
                MappingSpan.newBuilder().setFirstPage((int) address).setPageCount(pages).build());
    try (RunReader reader =
        new RunReader(image, plan, BEHIND, AHEAD, mappings, PayloadMode.INLINE)) {
      assertThat(reader.next("image", new PageCounts()).getMappings())
          .isEqualTo(mappings.spansOf(8 * 4096, 4));
      assertThat(reader.next("image", new PageCounts()).getMappings())
          .isEqualTo(mappings.spansOf(12 * 4096, 2));
    }
  }

  private static List<PageRun> read(SparseImage image, int runPages, PageCounts counts) {
    List<PageRun> runs = new ArrayList<>();
    RunPlan plan = RunPlan.of(image.extents(), runPages);
    try (RunReader reader =
        new RunReader(image, plan, BEHIND, AHEAD, MappingSource.NONE, PayloadMode.INLINE)) {
      while (reader.hasNext()) {
        runs.add(reader.next("image", counts));
      }
      assertThat(reader.warnings()).isEmpty();
    }
    return runs;
  }

  private static byte[] slice(ByteBuffer buffer, int from, int length) {
    byte[] bytes = new byte[length];
    buffer.get(buffer.position() + from, bytes);
    return bytes;
  }
}
