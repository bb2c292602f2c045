package io.pagestream.benchmarks.mapper;

import io.pagestream.mapper.policy.CachePolicies;
import io.pagestream.mapper.policy.ReaderRule;
import io.pagestream.mapper.stage.OpenImage;
import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.MappingSpan;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.VerdictSpan;
import io.pagestream.schemas.codec.TrustedRecords;
import io.pagestream.schemas.page.PageBitmap;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Time to judge one run of 64 pages, by how many mapping spans cover it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class JudgingBenchmark {
  private static final int RUN_PAGES = 64;
  private static final long RUNS = 1024;

  static {
    TrustedRecords.trust();
  }

  /** Whose rules. */
  @Param({"windows", "linux"})
  public String profile = "windows";

  /** Mapping spans in the run, of mappings that all agree; 0: no page table was read. */
  @Param({"0", "1", "8", "64"})
  public int spans;

  /** Whether every other span is an uncached mapping, so that decisions change at each span. */
  @Param({"false", "true"})
  public boolean mixed;

  private final List<VerdictSpan> verdicts = new ArrayList<>(RUN_PAGES);
  private OpenImage image = image(profile);
  private PageRun run = run(0, false);

  /** Makes the image and the run of the parameters. */
  @Setup
  public void prepare() {
    image = image(profile);
    run = run(spans, mixed);
  }

  /** One run. */
  @Benchmark
  public List<VerdictSpan> judge() {
    verdicts.clear();
    image.judge(run, verdicts);
    return verdicts;
  }

  private static OpenImage image(String profile) {
    AddressRange ram =
        AddressRange.newBuilder()
            .setPhysicalAddress(0)
            .setPageCount(RUNS * RUN_PAGES)
            .setKind(RangeKind.RAM)
            .build();
    ImageManifest manifest =
        ImageManifest.newBuilder()
            .setImageId("benchmark")
            .setName("benchmark")
            .setFormat("raw")
            .setFiles(List.of())
            .setRanges(List.of(ram))
            .setRangeMapPages(RUNS * RUN_PAGES)
            .setRunPages(RUN_PAGES)
            .setRunsPerBlock(64)
            .setRunCount(RUNS)
            .setLookBehindBytes(512)
            .setLookAheadBytes(4096)
            .build();
    return OpenImage.of(manifest, new ReaderRule(CachePolicies.named(profile), false));
  }

  private static PageRun run(int spans, boolean mixed) {
    List<MappingSpan> mappings = new ArrayList<>();
    for (int i = 0; i < spans; i++) {
      boolean uncached = mixed && i % 2 == 1;
      CacheType type = uncached ? CacheType.UNCACHED : CacheType.WRITE_BACK;
      mappings.add(
          MappingSpan.newBuilder()
              .setFirstPage(i * RUN_PAGES / spans)
              .setPageCount(RUN_PAGES / spans)
              .setMappings(1 + i)
              .setCacheTypes(1 << List.of(CacheType.values()).indexOf(type))
              .setEstablished(type)
              .build());
    }
    return PageRun.newBuilder()
        .setImageId("benchmark")
        .setRunIndex(512)
        .setPhysicalAddress(Pages.address(512L * RUN_PAGES))
        .setPageCount(RUN_PAGES)
        .setZeroPages(PageBitmap.empty())
        .setExcludedPages(PageBitmap.empty())
        .setUnreadablePages(PageBitmap.empty())
        .setPages(PageBitmap.empty())
        .setLookBehind(PageBitmap.empty())
        .setLookAhead(PageBitmap.empty())
        .setMappings(mappings)
        .build();
  }
}
