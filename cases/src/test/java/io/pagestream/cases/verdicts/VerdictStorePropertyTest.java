package io.pagestream.cases.verdicts;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.schemas.avro.CacheAlias;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.MappingSpan;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.PageStreamRecord;
import io.pagestream.schemas.avro.VerdictSpan;
import io.pagestream.schemas.codec.RecordCodec;
import io.pagestream.schemas.page.PageBitmap;
import io.pagestream.schemas.page.Pages;
import io.pagestream.schemas.sample.SampleRecords;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * The spans are a function of the pages alone: they do not depend on run size, order of arrival,
 * repetitions, and whether the manifest arrives first or last.
 */
final class VerdictStorePropertyTest {
  private static final List<PageContent> CONTENTS = List.of(PageContent.values());
  private static final String IMAGE = "0123456789abcdef0123456789abcdef";

  /** The properties of one page, from which the runs and the expected spans are derived. */
  private record Page(long address, PageContent content, boolean refused, int mappings) {}

  @Property(tries = 60)
  void howThePagesWereCutAndInWhichOrderTheyCameDoesNotShow(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 256) int runPages) throws IOException {
    Random random = new Random(seed);
    List<Page> pages = pages(random);
    List<PageSpan> expected = new ArrayList<>();
    for (Page page : pages) {
      join(expected, page);
    }
    assertThat(spans(random, pages, runPages)).isEqualTo(expected);
    assertThat(expected).hasSizeLessThan(pages.size());
  }

  /** Stretches of memory with gaps between them; facts change after some pages. */
  private static List<Page> pages(Random random) {
    List<Page> pages = new ArrayList<>();
    long frame = random.nextInt(3);
    for (int stretch = 0; stretch < 3; stretch++) {
      int left = 50 + random.nextInt(400);
      while (left > 0) {
        int same = Math.min(left, 1 + random.nextInt(40));
        PageContent content = CONTENTS.get(random.nextInt(4));
        boolean refused = random.nextInt(4) == 0;
        int mappings = random.nextInt(3);
        for (int i = 0; i < same; i++) {
          pages.add(new Page(Pages.address(frame++), content, refused, mappings));
        }
        left -= same;
      }
      frame += 1 + random.nextInt(1000);
    }
    return pages;
  }

  private static void join(List<PageSpan> spans, Page page) {
    PageSpan one =
        new PageSpan(page.address(), 1, page.content(), decision(page.refused()), mapping(page));
    PageSpan last = spans.isEmpty() ? null : spans.getLast();
    boolean same =
        last != null
            && last.endAddress() == page.address()
            && last.content() == one.content()
            && last.decision().equals(one.decision())
            && mappings(last) == page.mappings();
    if (same && last != null) {
      spans.set(
          spans.size() - 1,
          new PageSpan(
              last.physicalAddress(),
              last.pageCount() + 1,
              last.content(),
              last.decision(),
              last.mapping()));
    } else {
      spans.add(one);
    }
  }

  private static int mappings(PageSpan span) {
    Mapping mapping = span.mapping();
    return mapping == null ? -1 : mapping.mappings();
  }

  private static Decision decision(boolean refused) {
    return Decision.of(verdict(0, 1, refused));
  }

  private static Mapping mapping(Page page) {
    return Mapping.of(mappingSpan(0, page), 0);
  }

  private static List<PageSpan> spans(Random random, List<Page> pages, int runPages)
      throws IOException {
    List<PageRun> runs = runs(pages, runPages);
    ImageManifest manifest =
        ImageManifest.newBuilder()
            .setImageId(IMAGE)
            .setName("a.raw")
            .setFormat("raw")
            .setFiles(List.of())
            .setRanges(List.of())
            .setRangeMapPages(pages.size())
            .setRunPages(runPages)
            .setRunsPerBlock(1)
            .setRunCount(runs.size())
            .setLookBehindBytes(0)
            .setLookAheadBytes(0)
            .build();
    List<PageRun> arriving = new ArrayList<>(runs);
    runs.stream().filter(run -> random.nextInt(3) == 0).forEach(arriving::add);
    Collections.shuffle(arriving, random);
    int manifestAfter = random.nextInt(arriving.size() + 1);
    Path scratch = Files.createTempDirectory("verdicts");
    RecordCodec<PageStreamRecord> codec = new RecordCodec<>(PageStreamRecord.class);
    List<PageSpan> spans = new ArrayList<>();
    try (VerdictStore store = new VerdictStore(scratch, "v")) {
      for (int i = 0; i <= arriving.size(); i++) {
        if (i == manifestAfter) {
          store.manifest(manifest);
        }
        if (i < arriving.size()) {
          var unusedNews =
              store.add(arriving.get(i), codec.encode(new PageStreamRecord(arriving.get(i))));
        }
      }
      assertThat(store.totals().runs()).isEqualTo(runs.size());
      store.forEachSpan(spans::add);
    }
    assertThat(scratch).isEmptyDirectory();
    Files.delete(scratch);
    return spans;
  }

  /** The pages in runs that never span a gap, like those of the mapper. */
  private static List<PageRun> runs(List<Page> pages, int runPages) {
    List<PageRun> runs = new ArrayList<>();
    for (int first = 0; first < pages.size(); ) {
      int end = first + 1;
      while (end < pages.size()
          && end - first < runPages
          && pages.get(end).address() == pages.get(end - 1).address() + Pages.SIZE) {
        end++;
      }
      runs.add(run(runs.size(), pages.subList(first, end)));
      first = end;
    }
    return runs;
  }

  private static PageRun run(long index, List<Page> pages) {
    ByteBuffer zero = PageBitmap.allocate(pages.size());
    ByteBuffer excluded = PageBitmap.allocate(pages.size());
    ByteBuffer unreadable = PageBitmap.allocate(pages.size());
    ByteBuffer doubtful = PageBitmap.allocate(pages.size());
    List<VerdictSpan> verdicts = new ArrayList<>();
    List<MappingSpan> mappings = new ArrayList<>();
    for (int i = 0; i < pages.size(); i++) {
      switch (pages.get(i).content()) {
        case ZERO -> PageBitmap.set(zero, i);
        case EXCLUDED -> PageBitmap.set(excluded, i);
        case UNREADABLE -> PageBitmap.set(unreadable, i);
        case DOUBTFUL -> PageBitmap.set(doubtful, i);
        case BYTES -> {}
      }
      Page before = i == 0 ? null : pages.get(i - 1);
      if (before != null && before.refused() == pages.get(i).refused()) {
        verdicts.getLast().setPageCount(verdicts.getLast().getPageCount() + 1);
      } else {
        verdicts.add(verdict(i, 1, pages.get(i).refused()));
      }
      if (before != null && before.mappings() == pages.get(i).mappings()) {
        mappings.getLast().setPageCount(mappings.getLast().getPageCount() + 1);
      } else {
        mappings.add(mappingSpan(i, pages.get(i)));
      }
    }
    return SampleRecords.run(IMAGE, index, pages.getFirst().address(), pages.size())
        .setZeroPages(zero)
        .setDoubtfulPages(doubtful)
        .setExcludedPages(excluded)
        .setUnreadablePages(unreadable)
        .setVerdicts(verdicts)
        .setMappings(mappings)
        .build();
  }

  private static VerdictSpan verdict(int first, int count, boolean refused) {
    return SampleRecords.verdict(first, count, refused).setHazards(List.of("unlocked")).build();
  }

  /** Pages with two mappings are aliased, in both address spaces at a fixed distance. */
  private static MappingSpan mappingSpan(int first, Page page) {
    CacheAlias alias =
        page.mappings() < 2
            ? null
            : new CacheAlias(
                page.address() + 0xffff_8880_0000_0000L,
                CacheType.WRITE_BACK,
                0x1000L,
                page.address() + 0x7f00_0000_0000L,
                CacheType.UNCACHED,
                0x2000L,
                0L,
                false,
                false);
    int types = page.mappings() == 0 ? 0 : alias == null ? 1 << 7 : 1 << 7 | 1 << 2;
    return new MappingSpan(
        first,
        1,
        page.mappings(),
        types,
        CacheType.WRITE_BACK,
        false,
        false,
        alias,
        0,
        0,
        false,
        false,
        List.of());
  }
}
