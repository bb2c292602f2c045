package io.pagestream.mapper.stage;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagestream.mapper.policy.CachePolicies;
import io.pagestream.mapper.policy.ReaderRule;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.MappingSpan;
import io.pagestream.schemas.avro.PageReference;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.error.PagestreamException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs whose fields contradict their manifest or each other; a producer never sends such. */
final class ContradictoryRunTest {
  private static final OpenImage IMAGE =
      OpenImage.of(
          TestImage.manifest("i", 8, 4, TestImage.range(0, 8, RangeKind.RAM)),
          new ReaderRule(CachePolicies.named("windows"), false));

  @Test
  void a_run_that_contradicts_its_manifest_is_refused_with_the_reason() {
    contradicts(TestImage.run("i", 4, 0, 1), "has 4 runs");
    contradicts(TestImage.run("i", -1, 0, 1), "has 4 runs");
    contradicts(TestImage.run("i", 0, 0, 1).setPageCount(0), "0 pages");
    contradicts(TestImage.run("i", 0, 0, 1).setPageCount(9), "9 pages");
    contradicts(TestImage.run("i", 0, 0, 1).setPhysicalAddress(5), "0x5");
    contradicts(TestImage.run("i", 0, 0, 1).setPhysicalAddress(-4096), "address");
    contradicts(TestImage.run("i", 0, 0, 1).setPhysicalAddress(Long.MAX_VALUE & -4096), "address");
    contradicts(TestImage.run("i", 0, 6, 4), "not in the range map");
    contradicts(TestImage.run("i", 0, 0, 2).setPages(TestImage.payload(0, 1)), "4096 bytes");
    contradicts(
        TestImage.run("i", 0, 0, 2).setZeroPages(ByteBuffer.wrap(new byte[2])), "bitmap of zero");
    contradicts(
        TestImage.run("i", 0, 0, 2).setUnreadablePages(ByteBuffer.wrap(new byte[] {4})),
        "bitmap of unreadable");
    contradicts(
        TestImage.run("i", 0, 0, 1).setWithheldPages(ByteBuffer.wrap(new byte[1])), "withheld");
    contradicts(
        TestImage.run("i", 0, 0, 1).setLookBehind(ByteBuffer.wrap(new byte[1])), "before it");
    contradicts(TestImage.run("i", 0, 0, 1).setLookAhead(TestImage.payload(0, 4)), "after it");
  }

  @Test
  void references_to_pages_that_cannot_be_are_refused() {
    PageReference[] wrong = {
      new PageReference(0, 0L, -1, 1),
      new PageReference(0, 0L, 0, 0),
      new PageReference(0, 0L, 1, 2),
      new PageReference(0, 0L, 0, Integer.MAX_VALUE),
      new PageReference(-1, 0L, 0, 1),
      new PageReference(0, -1L, 0, 1),
      new PageReference(0, Long.MAX_VALUE, 0, 1)
    };
    for (PageReference reference : wrong) {
      contradicts(
          TestImage.run("i", 0, 0, 2)
              .setPages(TestImage.payload(0, 1))
              .setReferences(List.of(reference)),
          "reference");
    }
    PageReference first = new PageReference(0, 0L, 0, 1);
    contradicts(
        TestImage.run("i", 0, 0, 2)
            .setPages(TestImage.payload(0, 0))
            .setReferences(List.of(first, first)),
        "reference");
    contradicts(TestImage.run("i", 0, 0, 2).setReferences(List.of(first)), "12288 bytes");
    contradicts(
        TestImage.run("i", 0, 0, 2)
            .setZeroPages(ByteBuffer.wrap(new byte[] {1}))
            .setPages(TestImage.payload(0, 1))
            .setReferences(List.of(first)),
        "no bytes");
  }

  @Test
  void mappings_that_contradict_the_run_or_themselves_are_refused_with_the_reason() {
    MappingSpan first = MappedRuns.span(0, 1, CacheType.WRITE_BACK);
    mappings("end at page 1", first);
    mappings("at page 1 has 1 pages from page 2", first, MappedRuns.span(2, 1, CacheType.UNKNOWN));
    mappings("at page 1 has 1 pages from page 0", first, MappedRuns.span(0, 1, CacheType.UNKNOWN));
    mappings("has 3 pages", MappedRuns.span(0, 3, CacheType.UNKNOWN));
    mappings("has 0 pages", first, MappedRuns.span(1, 0, CacheType.UNKNOWN));
    mappings("has -1 pages", MappedRuns.span(0, -1, CacheType.UNKNOWN));
    mappings(
        "has 2147483647 pages", first, MappedRuns.span(1, Integer.MAX_VALUE, CacheType.UNKNOWN));
    mappings(
        "at page 2 has 1 pages",
        MappedRuns.span(0, 2, CacheType.UNKNOWN),
        MappedRuns.span(2, 1, CacheType.UNKNOWN));

    MappingSpan types = MappedRuns.span(0, 2, CacheType.UNKNOWN);
    for (int wrong : new int[] {2, 0x100, -1}) {
      types.setCacheTypes(wrong);
      mappings("cache types", types);
    }
    MappingSpan many = MappedRuns.span(0, 2, CacheType.UNKNOWN);
    for (int wrong : new int[] {-1, 65_536}) {
      many.setMappings(wrong);
      mappings(wrong + " mappings", many);
    }
    MappingSpan other = MappedRuns.span(0, 2, CacheType.WRITE_BACK);
    other.setEstablished(CacheType.UNCACHED);
    mappings("established as UNCACHED", other);
    other.setEstablished(CacheType.NOT_ESTABLISHED);
    mappings("established as NOT_ESTABLISHED", other);
  }

  @Test
  void what_is_said_of_the_pages_beside_a_run_is_checked_too() {
    MappingSpan aliased = MappedRuns.span(-1, 1, CacheType.UNKNOWN);
    aliased.setMappings(-5);
    contradicts(
        TestImage.run("i", 0, 1, 2).setMappingBefore(MappedRuns.span(0, 1, CacheType.UNKNOWN)),
        "page before it");
    contradicts(
        TestImage.run("i", 0, 1, 2)
            .setMappingsAfter(List.of(MappedRuns.span(2, 2, CacheType.UNKNOWN))),
        "mappings after it end at page 4");
    contradicts(TestImage.run("i", 0, 1, 2).setMappingBefore(aliased), "-5 mappings");
  }

  private static void mappings(String reason, MappingSpan... spans) {
    contradicts(TestImage.run("i", 0, 0, 2).setMappings(List.of(spans)), reason);
  }

  private static void contradicts(PageRun.Builder run, String reason) {
    PageRun built = run.build();
    assertThatThrownBy(() -> RunMapper.map(IMAGE, built, false))
        .isInstanceOf(PagestreamException.class)
        .hasMessageContaining(reason);
  }
}
