package io.pagestream.benchmarks.store;

import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.ImageState;
import io.pagestream.schemas.avro.PageCounts;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.RunReceipt;
import io.pagestream.schemas.avro.Stage;
import io.pagestream.schemas.codec.RecordCodec;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Manifests and receipts of images all of whose pages were mapped, as {@code ledger.bin}. */
final class SyntheticLedger {
  private static final int RUN_PAGES = 64;
  private static final int BLOCK_RUNS = 64;
  private static final long BLOCK_PAGES = (long) RUN_PAGES * BLOCK_RUNS;

  private final DataOutputStream out;
  private final long pages;

  /**
   * A ledger.
   *
   * @param pages pages of each image, a multiple of a block's
   */
  SyntheticLedger(OutputStream out, long pages) {
    this.out = new DataOutputStream(out);
    this.pages = pages;
  }

  /** Writes all images; the first block of each has all findings. */
  void write(SortedMap<String, SortedMap<String, Long>> findings) throws IOException {
    RecordCodec<ImageManifest> manifests = new RecordCodec<>(ImageManifest.class);
    RecordCodec<RunReceipt> receipts = new RecordCodec<>(RunReceipt.class);
    for (int image = 0; image < SyntheticFindings.IMAGES; image++) {
      record(manifests.encode(manifest(image)));
      String imageId = SyntheticFindings.imageId(image);
      for (Stage stage : List.of(Stage.MAPPER, Stage.ANALYZERS)) {
        for (long block = 0; block < pages / BLOCK_PAGES; block++) {
          Map<String, Long> found =
              stage == Stage.ANALYZERS && block == 0
                  ? findings.getOrDefault(imageId, new TreeMap<>())
                  : Map.of();
          record(receipts.encode(receipt(imageId, stage, block, found)));
        }
      }
    }
    out.flush();
  }

  private void record(byte[] record) throws IOException {
    out.writeInt(record.length);
    out.write(record);
  }

  private ImageManifest manifest(int image) {
    return ImageManifest.newBuilder()
        .setImageId(SyntheticFindings.imageId(image))
        .setName(SyntheticFindings.image(image))
        .setFormat("lime")
        .setFiles(List.of())
        .setRanges(
            List.of(
                AddressRange.newBuilder()
                    .setPhysicalAddress(0)
                    .setPageCount(pages)
                    .setKind(RangeKind.RAM)
                    .setName("System RAM")
                    .build()))
        .setRangeMapPages(pages)
        .setRunPages(RUN_PAGES)
        .setRunsPerBlock(BLOCK_RUNS)
        .setRunCount(pages / RUN_PAGES)
        .setLookBehindBytes(0)
        .setLookAheadBytes(0)
        .setState(ImageState.CLOSED)
        .setReadCounts(PageCounts.newBuilder().setMapped(pages).build())
        .build();
  }

  private static RunReceipt receipt(
      String imageId, Stage stage, long block, Map<String, Long> findings) {
    byte[] allRuns = new byte[BLOCK_RUNS / Byte.SIZE];
    Arrays.fill(allRuns, (byte) -1);
    return RunReceipt.newBuilder()
        .setImageId(imageId)
        .setStage(stage)
        .setBlock(block)
        .setFirstRunIndex(block * BLOCK_RUNS)
        .setLastRunIndex((block + 1) * BLOCK_RUNS - 1)
        .setRuns(BLOCK_RUNS)
        .setCountedRuns(ByteBuffer.wrap(allRuns))
        .setPageCount(BLOCK_PAGES)
        .setPayloadBytes(BLOCK_PAGES * 4096)
        .setCounts(PageCounts.newBuilder().setMapped(BLOCK_PAGES).build())
        .setVerdictPages(new HashMap<>(Map.of("windows:1", BLOCK_PAGES)))
        .setFindings(new HashMap<>(findings))
        .build();
  }
}
