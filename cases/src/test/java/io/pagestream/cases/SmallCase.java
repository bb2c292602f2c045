package io.pagestream.cases;

import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.avro.CacheAlias;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.Confidence;
import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.avro.ImageFile;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.ImageState;
import io.pagestream.schemas.avro.MappingSpan;
import io.pagestream.schemas.avro.PageCounts;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.RunReceipt;
import io.pagestream.schemas.avro.Stage;
import io.pagestream.schemas.avro.VerdictKind;
import io.pagestream.schemas.avro.VerdictSpan;
import io.pagestream.schemas.codec.TrustedRecords;
import io.pagestream.schemas.finding.FindingIds;
import io.pagestream.schemas.finding.Location;
import io.pagestream.schemas.sample.SampleRecords;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An image of two runs of 10 pages, 3 absent pages, and two e-mails and a key, as records of the
 * stages.
 */
public final class SmallCase {
  public static final String IMAGE = "0123456789abcdef0123456789abcdef";
  public static final List<Finding> FINDINGS =
      List.of(
          finding(0x1000, "email", "a@example.com"),
          finding(0x2000, "aes-key", "00112233445566778899aabbccddeeff"),
          finding(0x10_0000_2000L, "email", "b@example.com"));

  static {
    TrustedRecords.trust();
  }

  private SmallCase() {}

  public static ImageManifest manifest(ImageState state) {
    PageCounts read = PageCounts.newBuilder().setMapped(16).setZero(2).setUnreadable(2).build();
    return ImageManifest.newBuilder()
        .setImageId(IMAGE)
        .setName("small.raw.zst")
        .setFormat("raw")
        .setWrapping("zstd")
        .setFiles(List.of(new ImageFile("small.raw.zst", 4711L, "ab".repeat(32), List.of())))
        .setRanges(
            List.of(
                AddressRange.newBuilder()
                    .setPhysicalAddress(0)
                    .setPageCount(23)
                    .setKind(RangeKind.RAM)
                    .setName("System RAM")
                    .build()))
        .setRangeMapPages(23)
        .setAbsentPages(3)
        .setRunPages(10)
        .setRunsPerBlock(1)
        .setRunCount(2)
        .setLookBehindBytes(512)
        .setLookAheadBytes(4096)
        .setHints(Map.of("machine", "x86_64"))
        .setState(state)
        .setReadCounts(state == ImageState.OPEN ? null : read)
        .build();
  }

  public static RunReceipt receipt(Stage stage, long block, Map<String, Long> findings) {
    return RunReceipt.newBuilder()
        .setImageId(IMAGE)
        .setStage(stage)
        .setBlock(block)
        .setFirstRunIndex(block)
        .setLastRunIndex(block)
        .setRuns(1)
        .setPageCount(10)
        .setPayloadBytes(7 * 4096)
        .setCounts(new PageCounts(5L, 2L, 1L, 1L, 0L, 1L))
        .setVerdictPages(new HashMap<>(Map.of("windows:1", 9L, "windows:5", 1L)))
        .setRefusedPages(new HashMap<>(Map.of("large-page", 1L)))
        .setFindings(new HashMap<>(findings))
        .setFailures(new HashMap<>())
        .setCountedRuns(ByteBuffer.wrap(new byte[] {1}))
        .setNotAnalyzed(
            stage == Stage.ANALYZERS ? new HashMap<>(Map.of("unreadable", 1L)) : new HashMap<>())
        .build();
  }

  /** All receipts; the first run contains an e-mail and a key, the second an e-mail. */
  public static List<RunReceipt> receipts() {
    return List.of(
        receipt(Stage.MAPPER, 0, Map.of()),
        receipt(Stage.MAPPER, 1, Map.of()),
        receipt(Stage.ANALYZERS, 0, Map.of("email", 1L, "aes-key", 1L)),
        receipt(Stage.ANALYZERS, 1, Map.of("email", 1L)));
  }

  /** The judged runs that these receipts count. */
  public static List<PageRun> verdicts() {
    return List.of(verdict(0), verdict(1));
  }

  private static PageRun verdict(int run) {
    return SampleRecords.run(IMAGE, run, run * 10L * 4096, 10)
        .setZeroPages(ByteBuffer.wrap(new byte[] {0, 1}))
        .setUnreadablePages(ByteBuffer.wrap(new byte[] {0, 2}))
        .setVerdicts(
            List.of(
                span(0, 5, VerdictKind.MAPPED, 1),
                span(5, 2, VerdictKind.OVERRIDDEN, 1),
                span(7, 1, VerdictKind.REFUSED, 5),
                span(8, 2, VerdictKind.MAPPED, 1)))
        .setMappings(
            List.of(
                new MappingSpan(
                    0,
                    8,
                    1,
                    1 << 7,
                    CacheType.WRITE_BACK,
                    false,
                    false,
                    null,
                    0,
                    0,
                    false,
                    false,
                    List.of()),
                new MappingSpan(
                    8,
                    2,
                    2,
                    1 << 7 | 1 << 4,
                    CacheType.WRITE_BACK,
                    false,
                    false,
                    alias(run),
                    0,
                    0,
                    false,
                    false,
                    List.of())))
        .build();
  }

  private static CacheAlias alias(int run) {
    long first = 0xffff_8000_0000_8000L + run * 10L * 4096;
    return new CacheAlias(
        first,
        CacheType.WRITE_BACK,
        0x1000L,
        0x7f00_0000_0000L,
        CacheType.WRITE_COMBINING,
        0x2000L,
        0L,
        false,
        false);
  }

  private static VerdictSpan span(int first, int count, VerdictKind verdict, int row) {
    return SampleRecords.verdict(first, count, verdict == VerdictKind.REFUSED)
        .setVerdict(verdict)
        .setRow(row)
        .build();
  }

  public static Finding finding(long address, String kind, String value) {
    return Finding.newBuilder()
        .setFindingId(new FindingIds().of(IMAGE, "text", kind, Location.physical(address), value))
        .setImageId(IMAGE)
        .setImage("small.raw.zst")
        .setAnalyzer("text")
        .setKind(kind)
        .setValue(value)
        .setLocation(Location.physical(address).record())
        .setLength(value.length())
        .setContext("..." + value + "...")
        .setEncoding("ascii")
        .setRangeKind(RangeKind.RAM)
        .setCacheType(CacheType.WRITE_BACK)
        .setVerdict(VerdictKind.MAPPED)
        .setConfidence(kind.equals("aes-key") ? Confidence.HIGH : Confidence.MEDIUM)
        .setAttributes(new HashMap<>())
        .build();
  }
}
