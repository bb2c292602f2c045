package io.pagestream.findings;

import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.avro.ImageFile;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.ImageState;
import io.pagestream.schemas.avro.PageCounts;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.RunReceipt;
import io.pagestream.schemas.avro.Stage;
import io.pagestream.schemas.avro.VerdictKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An image of two runs of 10 pages, 3 absent pages, and two e-mails and a key, as stages see it.
 */
public final class SmallCase {
  public static final String IMAGE = "0123456789abcdef0123456789abcdef";
  public static final List<Finding> FINDINGS =
      List.of(
          finding(0x1000, "email", "a@example.com"),
          finding(0x2000, "aes-key", "00112233445566778899aabbccddeeff"),
          finding(0x10_0000_2000L, "email", "b@example.com"));

  private SmallCase() {}

  public static ImageManifest manifest(ImageState state) {
    PageCounts read = PageCounts.newBuilder().setMapped(16).setZero(2).setUnreadable(2).build();
    return ImageManifest.newBuilder()
        .setImageId(IMAGE)
        .setName("small.raw.zst")
        .setFormat("raw")
        .setWrapping("zstd")
        .setFiles(List.of(new ImageFile("small.raw.zst", 4711L, "ab".repeat(32))))
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
        .build();
  }

  /** All receipts; the first run holds an e-mail and a key, the second an e-mail. */
  public static List<RunReceipt> receipts() {
    return List.of(
        receipt(Stage.MAPPER, 0, Map.of()),
        receipt(Stage.MAPPER, 1, Map.of()),
        receipt(Stage.ANALYZERS, 0, Map.of("email", 1L, "aes-key", 1L)),
        receipt(Stage.ANALYZERS, 1, Map.of("email", 1L)));
  }

  public static Finding finding(long address, String kind, String value) {
    return Finding.newBuilder()
        .setFindingId("%032x".formatted(address * 31 + kind.hashCode() + 0x1_0000_0000L))
        .setImageId(IMAGE)
        .setImage("small.raw.zst")
        .setAnalyzer("text")
        .setKind(kind)
        .setValue(value)
        .setPhysicalAddress(address)
        .setPath("")
        .setLength(value.length())
        .setContext("..." + value + "...")
        .setEncoding("ascii")
        .setRangeKind(RangeKind.RAM)
        .setCacheType(CacheType.WRITE_BACK)
        .setVerdict(VerdictKind.MAPPED)
        .setAttributes(new HashMap<>())
        .build();
  }
}
