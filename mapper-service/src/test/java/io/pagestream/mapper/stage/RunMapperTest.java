package io.pagestream.mapper.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.mapper.policy.CachePolicies;
import io.pagestream.mapper.policy.MappedTypes;
import io.pagestream.mapper.policy.ReaderRule;
import io.pagestream.mapper.policy.Verdict;
import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.MappingSpan;
import io.pagestream.schemas.avro.PageReference;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.RangeProvenance;
import io.pagestream.schemas.avro.VerdictSpan;
import io.pagestream.schemas.ledger.PageTotals;
import io.pagestream.schemas.ledger.RunOutcome;
import io.pagestream.schemas.page.PageBitmap;
import io.pagestream.schemas.page.Pages;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RunMapperTest {
  private static final int PAGES = 40;

  private static final ReaderRule READER = new ReaderRule(CachePolicies.named("windows"), false);

  @Property(tries = 300)
  void judging_by_intervals_is_judging_page_by_page(@ForAll long seed) {
    Random random = new Random(seed);
    ImageManifest manifest = randomManifest(random);
    OpenImage image = OpenImage.of(manifest, READER);
    int first = random.nextInt(PAGES);
    int count = 1 + random.nextInt(PAGES - first);
    PageRun run = TestImage.run("i", 0, first, count).build();

    List<VerdictSpan> spans = new ArrayList<>();
    image.judge(run, spans);

    int page = 0;
    for (VerdictSpan span : spans) {
      assertThat(span.getFirstPage()).isEqualTo(page);
      for (; page < span.getFirstPage() + span.getPageCount(); page++) {
        long address = Pages.address((long) first + page);
        AddressRange range = image.map().range(image.map().indexAt(address));
        Verdict verdict = READER.judgePage(range, address);
        assertThat(span.getVerdict()).isEqualTo(verdict.kind());
        assertThat(span.getRow()).isEqualTo(verdict.row());
        assertThat(span.getGranted()).isEqualTo(verdict.granted());
        assertThat(span.getEstablished()).isEqualTo(verdict.established());
        assertThat(span.getRangeKind()).isEqualTo(range.getKind());
      }
    }
    assertThat(page).isEqualTo(count);
  }

  /** Over the ISA window too, where the rules of linux change. */
  @Property(tries = 500)
  void judging_by_intervals_with_page_tables_is_judging_page_by_page(@ForAll long seed) {
    Random random = new Random(seed);
    String profile = CachePolicies.names().get(random.nextInt(CachePolicies.names().size()));
    ReaderRule reader = new ReaderRule(CachePolicies.named(profile), random.nextBoolean());
    ImageManifest manifest = randomManifest(random);
    for (AddressRange range : manifest.getRanges()) {
      range.setPhysicalAddress(range.getPhysicalAddress() + Pages.address(0x98));
    }
    OpenImage image = OpenImage.of(manifest, reader);
    int first = random.nextInt(PAGES);
    int count = 1 + random.nextInt(PAGES - first);
    List<MappingSpan> mappings = MappedRuns.random(random, count);
    PageRun run = TestImage.run("i", 0, 0x98 + first, count).setMappings(mappings).build();
    RunCheck.check(image, run);

    List<VerdictSpan> spans = new ArrayList<>();
    image.judge(run, spans);

    int page = 0;
    for (VerdictSpan span : spans) {
      assertThat(span.getFirstPage()).isEqualTo(page);
      assertThat(span.getPageCount()).isPositive();
      for (; page < span.getFirstPage() + span.getPageCount(); page++) {
        long address = run.getPhysicalAddress() + Pages.address(page);
        AddressRange range =
            ExpectedRanges.withVga(ExpectedRanges.inManifest(manifest, address), address);
        MappingSpan tables = mappingAt(mappings, page);
        Verdict verdict = reader.judgePage(range, tables, address);
        assertThat(new Object[] {span.getVerdict(), span.getRow(), span.getReason()})
            .containsExactly(verdict.kind(), verdict.row(), verdict.reason());
        assertThat(List.of(span.getRequested(), span.getEstablished(), span.getGranted()))
            .containsExactly(verdict.requested(), verdict.established(), verdict.granted());
        assertThat(span.getHazards()).isEqualTo(verdict.hazards());
        assertThat(span.getRangeKind()).isEqualTo(range.getKind());
        assertThat(span.getProvenance())
            .isEqualTo(
                tables.getEstablished() == CacheType.UNKNOWN
                    ? range.getProvenance()
                    : RangeProvenance.PAGE_TABLES);
      }
    }
    assertThat(page).isEqualTo(count);
    for (int i = 1; i < spans.size(); i++) {
      VerdictSpan moved = VerdictSpan.newBuilder(spans.get(i)).build();
      moved.setFirstPage(spans.get(i - 1).getFirstPage());
      moved.setPageCount(spans.get(i - 1).getPageCount());
      assertThat(moved).as("equal neighbours share a span").isNotEqualTo(spans.get(i - 1));
    }
  }

  private static MappingSpan mappingAt(List<MappingSpan> mappings, int page) {
    return mappings.stream()
        .filter(
            span -> page >= span.getFirstPage() && page < span.getFirstPage() + span.getPageCount())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void pages_with_equal_facts_share_one_verdict_whatever_range_they_lie_in() {
    OpenImage image =
        image(
            TestImage.range(0, 2, RangeKind.RAM),
            TestImage.range(2, 2, RangeKind.DEVICE),
            TestImage.range(4, 2, RangeKind.RAM));
    MappingSpan mapped = MappedRuns.span(0, 1, CacheType.UNCACHED);

    assertThat(image.verdict(0, mapped)).isSameAs(image.verdict(2, mapped));
    assertThat(image.verdict(0, mapped)).isNotEqualTo(image.verdict(1, mapped));
    assertThat(image.verdict(0, null)).isSameAs(image.verdict(2));
  }

  @Test
  void a_mapper_that_skips_refused_pages_takes_the_bytes_of_page_tables_out() {
    PageRun run =
        TestImage.run("i", 0, 0, 3)
            .setMappings(
                List.of(
                    MappedRuns.span(0, 1, CacheType.WRITE_BACK),
                    MappedRuns.tables(1, 1),
                    MappedRuns.span(2, 1, CacheType.UNCACHED)))
            .build();

    RunMapper.map(ram(8), run, true);

    assertThat(run.getVerdicts()).extracting(VerdictSpan::getRow).containsExactly(5, 1, 6);
    assertThat(run.getPages().remaining()).isEqualTo(2 * Pages.SIZE);
    assertThat(PageBitmap.isSet(run.getWithheldPages(), 1)).isTrue();
    assertThat(PageBitmap.count(run.getWithheldPages())).isEqualTo(1);
    assertThat(run.getMappings()).as("what was said travels on").hasSize(3);
  }

  @Test
  void it_takes_references_to_page_tables_out_too() {
    PageRun run =
        TestImage.run("i", 0, 0, 3)
            .setPages(TestImage.payload(0, 0))
            .setReferences(List.of(new PageReference(0, 40_960L, 0, 3)))
            .setMappings(
                List.of(
                    MappedRuns.span(0, 1, CacheType.WRITE_BACK),
                    MappedRuns.tables(1, 1),
                    MappedRuns.span(2, 1, CacheType.UNCACHED)))
            .build();

    RunOutcome outcome = RunMapper.map(ram(8), run, true);

    assertThat(run.getReferences())
        .containsExactly(new PageReference(0, 40_960L, 0, 1), new PageReference(0, 49_152L, 2, 1));
    assertThat(PageBitmap.isSet(run.getWithheldPages(), 1)).isTrue();
    assertThat(outcome.payloadBytes()).isEqualTo(3L * Pages.SIZE);
  }

  /** A verdict is a label: no verdict removes bytes. */
  @Property(tries = 300)
  void every_byte_travels_on_whatever_the_verdicts_are(@ForAll long seed) {
    Random random = new Random(seed);
    OpenImage image = OpenImage.of(randomManifest(random), READER);
    int first = 1 + random.nextInt(PAGES - 2);
    int count = 1 + random.nextInt(PAGES - 1 - first);
    PageRun run =
        TestImage.run("i", 0, first, count)
            .setMappings(MappedRuns.random(random, count))
            .setMappingBefore(MappedRuns.tables(-1, 1))
            .setMappingsAfter(List.of(MappedRuns.tables(count, 1)))
            .setLookBehind(TestImage.payload(first - 1, 1))
            .setLookAhead(TestImage.payload(first + count, 1))
            .build();
    ByteBuffer pages = run.getPages();

    RunOutcome outcome = RunMapper.map(image, run, false);

    assertThat(run.getPages()).isSameAs(pages).isEqualTo(TestImage.payload(first, count));
    assertThat(run.getLookBehind()).isEqualTo(TestImage.payload(first - 1, 1));
    assertThat(run.getLookAhead()).isEqualTo(TestImage.payload(first + count, 1));
    assertThat(run.getWithheldPages().hasRemaining()).isFalse();
    assertThat(PageTotals.sum(outcome.counts())).isEqualTo(count);
  }

  /** Information from roots found by their shape does not affect the policies. */
  @Property(tries = 300)
  void what_was_found_by_shape_decides_nothing(@ForAll long seed) {
    Random random = new Random(seed);
    String profile = CachePolicies.names().get(random.nextInt(CachePolicies.names().size()));
    ReaderRule reader = new ReaderRule(CachePolicies.named(profile), random.nextBoolean());
    OpenImage image = OpenImage.of(randomManifest(random), reader);
    List<MappingSpan> plain = MappedRuns.random(random, PAGES);
    List<MappingSpan> annotated = new ArrayList<>();
    for (MappingSpan span : plain) {
      MappingSpan more = MappingSpan.newBuilder(span).build();
      more.setShapeMappings(1 + random.nextInt(9));
      more.setShapeCacheTypes(MappedTypes.BITS & random.nextInt(256));
      more.setShapeLargePage(random.nextBoolean());
      more.setShapePagingStructure(random.nextBoolean());
      annotated.add(more);
    }
    List<VerdictSpan> verdicts = new ArrayList<>();
    List<VerdictSpan> same = new ArrayList<>();
    image.judge(TestImage.run("i", 0, 0, PAGES).setMappings(plain).build(), verdicts);
    image.judge(TestImage.run("i", 0, 0, PAGES).setMappings(annotated).build(), same);
    assertThat(same).isEqualTo(verdicts);
  }

  @Test
  void neighbours_that_page_tables_make_refused_are_not_shown_if_such_are_skipped() {
    PageRun.Builder run =
        TestImage.run("i", 0, 2, 2)
            .setLookBehind(TestImage.payload(1, 1))
            .setLookAhead(TestImage.payload(4, 1));
    PageRun both =
        PageRun.newBuilder(run)
            .setMappingBefore(MappedRuns.tables(-1, 1))
            .setMappingsAfter(List.of(MappedRuns.tables(2, 1)))
            .build();
    PageRun none =
        PageRun.newBuilder(run)
            .setMappingBefore(MappedRuns.span(-1, 1, CacheType.WRITE_BACK))
            .setMappingsAfter(List.of(MappedRuns.span(2, 1, CacheType.UNCACHED)))
            .build();
    RunMapper.map(ram(8), both, true);
    RunMapper.map(ram(8), none, true);

    assertThat(both.getLookBehind().remaining()).isZero();
    assertThat(both.getLookAhead().remaining()).isZero();
    assertThat(none.getLookBehind().remaining()).isEqualTo(Pages.SIZE);
    assertThat(none.getLookAhead().remaining()).isEqualTo(Pages.SIZE);
  }

  /** A decision for each page of the look-ahead: it must not depend on where the run ends. */
  @Test
  void the_look_ahead_ends_at_the_first_page_that_its_tables_make_refused() {
    PageRun.Builder run =
        TestImage.run("i", 0, 2, 2)
            .setMappingsAfter(
                List.of(MappedRuns.span(2, 2, CacheType.UNCACHED), MappedRuns.tables(4, 1)));
    PageRun inline = PageRun.newBuilder(run).setLookAhead(TestImage.payload(4, 3)).build();
    PageRun referring =
        PageRun.newBuilder(run)
            .setLookAheadReferences(List.of(new PageReference(0, 0L, 2, 3)))
            .build();
    RunMapper.map(ram(8), inline, true);
    RunMapper.map(ram(8), referring, true);

    assertThat(inline.getLookAhead()).isEqualTo(TestImage.payload(4, 2));
    assertThat(referring.getLookAheadReferences()).containsExactly(new PageReference(0, 0L, 2, 2));
  }

  @Property(tries = 300)
  void exactly_the_bytes_of_granted_pages_stay_if_refused_ones_are_skipped(@ForAll long seed) {
    Random random = new Random(seed);
    OpenImage image = OpenImage.of(randomManifest(random), READER);
    int first = random.nextInt(PAGES);
    int count = 1 + random.nextInt(PAGES - first);
    ByteBuffer[] bitmaps = new ByteBuffer[3];
    for (int i = 0; i < 3; i++) {
      bitmaps[i] = random.nextBoolean() ? PageBitmap.empty() : PageBitmap.allocate(count);
    }
    ByteBuffer carried = ByteBuffer.allocate(count * Pages.SIZE);
    ByteBuffer expected = ByteBuffer.allocate(count * Pages.SIZE);
    for (int page = 0; page < count; page++) {
      ByteBuffer bitmap = bitmaps[random.nextInt(3)];
      if (random.nextBoolean() && bitmap.hasRemaining()) {
        PageBitmap.set(bitmap, page);
      } else {
        carried.put(TestImage.payload(first + page, 1));
        if (!image.verdict(image.map().indexAt(Pages.address((long) first + page))).refused()) {
          expected.put(TestImage.payload(first + page, 1));
        }
      }
    }
    PageRun run =
        TestImage.run("i", 0, first, count)
            .setZeroPages(bitmaps[0])
            .setExcludedPages(bitmaps[1])
            .setUnreadablePages(bitmaps[2])
            .setPages(carried.flip())
            .build();

    int received = run.getPages().remaining();
    RunOutcome outcome = RunMapper.map(image, run, true);

    assertThat(run.getPages()).isEqualTo(expected.flip());
    assertThat(PageTotals.sum(outcome.counts())).isEqualTo(count);
    assertThat(outcome.payloadBytes()).isEqualTo(received);
    assertThat(outcome.counts().getMapped() + outcome.counts().getOverridden())
        .isEqualTo(run.getPages().remaining() / Pages.SIZE);
  }

  @Test
  void a_run_without_refusals_keeps_its_very_buffer() {
    OpenImage image = ram(8);
    PageRun run = TestImage.run("i", 0, 0, 8).build();
    ByteBuffer pages = run.getPages();

    RunMapper.map(image, run, true);

    assertThat(run.getPages()).isSameAs(pages);
    assertThat(pages.remaining()).isEqualTo(8 * Pages.SIZE);
    assertThat(run.getVerdicts()).hasSize(1);
  }

  @Test
  void neighbours_end_where_a_refused_page_begins_if_such_are_skipped() {
    // RAM 0-3, device 4-5, RAM 6-7, gap, RAM 9
    OpenImage image =
        image(
            TestImage.range(0, 4, RangeKind.RAM),
            TestImage.range(4, 2, RangeKind.DEVICE),
            TestImage.range(6, 2, RangeKind.RAM),
            TestImage.range(9, 1, RangeKind.RAM));

    assertNeighbours(image, 1, 2, 4096, 4096);
    assertNeighbours(image, 2, 2, 4096, 0);
    assertNeighbours(image, 6, 1, 0, 4096);
    assertNeighbours(image, 6, 2, 0, 0);
    assertNeighbours(image, 9, 1, 0, 0);
    assertNeighbours(image, 4, 2, 0, 0);
    assertNeighbours(image, 3, 2, 4096, 0);
  }

  private static void assertNeighbours(
      OpenImage image, int first, int pages, int behind, int ahead) {
    PageRun run =
        TestImage.run("i", 0, first, pages)
            .setLookBehind(TestImage.payload(first - 1, 1))
            .setLookAhead(TestImage.payload(first + pages, 3))
            .build();

    RunMapper.map(image, run, true);

    assertThat(run.getLookBehind())
        .isEqualTo(TestImage.payload(first - 1, 1).position(4096 - behind));
    assertThat(run.getLookAhead()).isEqualTo(TestImage.payload(first + pages, 3).limit(ahead));
  }

  private static OpenImage ram(int pages) {
    return image(TestImage.range(0, pages, RangeKind.RAM));
  }

  private static OpenImage image(AddressRange... ranges) {
    return OpenImage.of(TestImage.manifest("i", 8, 4, ranges), READER);
  }

  /** Ranges without gaps over {@link #PAGES} pages, of all kinds. */
  private static ImageManifest randomManifest(Random random) {
    List<AddressRange> ranges = new ArrayList<>();
    for (int page = 0; page < PAGES; ) {
      int length = Math.min(1 + random.nextInt(7), PAGES - page);
      RangeKind[] kinds = RangeKind.values();
      AddressRange range = TestImage.range(page, length, kinds[random.nextInt(kinds.length)]);
      CacheType[] types = CacheType.values();
      range.setEstablished(types[random.nextInt(types.length)]);
      range.setLargePages(random.nextInt(4) == 0);
      ranges.add(range);
      page += length;
    }
    return TestImage.manifest("i", PAGES, 4, ranges.toArray(AddressRange[]::new));
  }
}
