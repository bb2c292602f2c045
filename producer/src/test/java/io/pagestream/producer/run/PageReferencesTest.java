package io.pagestream.producer.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.images.memory.ImageFacts;
import io.pagestream.images.memory.MemoryImage;
import io.pagestream.images.memory.PageState;
import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.schemas.avro.PageCounts;
import io.pagestream.schemas.avro.PageReference;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.page.PageBitmap;
import io.pagestream.schemas.page.Pages;
import io.pagestream.schemas.page.RunPayload;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** By reference, every page with bytes is in the record or in a file, and is the same. */
class PageReferencesTest {
  private static final int RUN_PAGES = 16;

  /** A file that stores all pages except every fifth unchanged, after 32 bytes and two gaps. */
  private static final class Stored implements MemoryImage {
    private final SparseImage pages = new SparseImage(3).with(8, 40);

    @Override
    public ImageFacts facts() {
      return pages.facts();
    }

    @Override
    public List<PhysicalExtent> extents() {
      return pages.extents();
    }

    @Override
    public void read(long address, int count, MemorySegment destination, PageState[] states) {
      pages.read(address, count, destination, states);
    }

    @Override
    public long fileOffsetOf(long address) {
      long frame = Pages.frameNumber(address);
      return frame % 5 == 0 ? -1 : address + 32 + (frame > 20 ? 0x1000 : 0);
    }

    @Override
    public void close() {}
  }

  @Test
  void pagesAreReferredToWhereTheFileStoresThem() {
    List<PageRun> inline = read(PayloadMode.INLINE);
    List<PageRun> referring = read(PayloadMode.REFERENCE);
    assertThat(referring).hasSameSizeAs(inline);
    int referred = 0;
    for (int i = 0; i < inline.size(); i++) {
      PageRun whole = inline.get(i);
      PageRun run = referring.get(i);
      int inPayload = 0;
      int wholePayload = 0;
      int next = 0;
      for (int page = 0; page < run.getPageCount(); page++) {
        long frame = Pages.frameNumber(run.getPhysicalAddress()) + page;
        if (!hasBytes(run, page)) {
          continue;
        }
        PageReference reference = referenceTo(run, page);
        assertThat(reference == null)
            .as("page %d is in the record", page)
            .isEqualTo(frame % 5 == 0);
        if (reference == null) {
          assertThat(run.getPages().slice(inPayload, Pages.SIZE))
              .isEqualTo(whole.getPages().slice(wholePayload, Pages.SIZE));
          inPayload += Pages.SIZE;
        } else {
          assertThat(reference.getFirstPage()).isGreaterThanOrEqualTo(next);
          long offset = reference.getFileOffset() + Pages.address(page - reference.getFirstPage());
          assertThat(offset).isEqualTo(Pages.address(frame) + 32 + (frame > 20 ? 0x1000 : 0));
          next = reference.getFirstPage();
          referred++;
        }
        wholePayload += Pages.SIZE;
      }
      assertThat(run.getPages().remaining()).isEqualTo(inPayload);
      assertThat(run.getLookBehind()).isEqualTo(whole.getLookBehind());
      lookAheadIsTheSame(run, whole);
    }
    assertThat(referred).isGreaterThan(10);
  }

  /** Completely in the record, or completely in the file. */
  private static void lookAheadIsTheSame(PageRun run, PageRun whole) {
    long frame = Pages.frameNumber(run.getPhysicalAddress()) + run.getPageCount();
    assertThat(RunPayload.lookAheadPages(run)).isEqualTo(RunPayload.lookAheadPages(whole));
    if (run.getLookAheadReferences().isEmpty()) {
      assertThat(run.getLookAhead()).isEqualTo(whole.getLookAhead());
      return;
    }
    assertThat(run.getLookAhead().hasRemaining()).isFalse();
    for (PageReference reference : run.getLookAheadReferences()) {
      for (int page = 0; page < reference.getPageCount(); page++, frame++) {
        assertThat(frame % 5).isNotZero();
        assertThat(reference.getFileOffset() + Pages.address(page))
            .isEqualTo(Pages.address(frame) + 32 + (frame > 20 ? 0x1000 : 0));
      }
    }
  }

  private static boolean hasBytes(PageRun run, int page) {
    return !PageBitmap.isSet(run.getZeroPages(), page)
        && !PageBitmap.isSet(run.getExcludedPages(), page)
        && !PageBitmap.isSet(run.getUnreadablePages(), page);
  }

  private static @Nullable PageReference referenceTo(PageRun run, int page) {
    return run.getReferences().stream()
        .filter(reference ->
            page >= reference.getFirstPage()
                && page < reference.getFirstPage() + reference.getPageCount())
        .findFirst()
        .orElse(null);
  }

  private static List<PageRun> read(PayloadMode mode) {
    Stored image = new Stored();
    RunPlan plan = RunPlan.of(image.extents(), RUN_PAGES);
    List<PageRun> runs = new ArrayList<>();
    try (RunReader reader = new RunReader(image, plan, 512, 2 * 4096, MappingSource.NONE, mode)) {
      while (reader.hasNext()) {
        runs.add(reader.next("image", new PageCounts()));
      }
    }
    return runs;
  }
}
