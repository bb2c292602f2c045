package io.pagestream.analyzers.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.Confidence;
import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.VerdictKind;
import io.pagestream.schemas.doubt.DoubtReason;
import io.pagestream.schemas.finding.Location;
import io.pagestream.schemas.page.PageBitmap;
import io.pagestream.schemas.page.Pages;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DoubtfulFindingsTest {
  private static final long START = Pages.address(Runs.FIRST_FRAME);

  @Test
  void aFindingThatTouchesADoubtfulPageSaysWhy() {
    assertThat(marked(START + 100, 10)).isEqualTo(Map.of("width", "8"));
    assertThat(marked(START + Pages.SIZE, 1))
        .isEqualTo(Map.of("width", "8", "doubtful", "gzip-crc"));
    assertThat(marked(START + Pages.SIZE - 4, 8)).containsEntry("doubtful", "gzip-crc");
    assertThat(marked(START + 2L * Pages.SIZE, 8)).doesNotContainKey("doubtful");
  }

  /** The attributes of a finding in a run whose page 1 is doubtful. */
  private static Map<String, String> marked(long address, int length) {
    PageRun run = Runs.of(0, "BBBB");
    ByteBuffer doubtful = PageBitmap.allocate(4);
    PageBitmap.set(doubtful, 1);
    run.setDoubtfulPages(doubtful);
    run.setPhysicalAddress(START);
    ImageManifest manifest = Runs.manifest(1);
    manifest.setDoubts(
        List.of(
            DoubtReason.TRUNCATED.of(0, 1, "elsewhere"),
            DoubtReason.GZIP_CRC.of(START + Pages.SIZE, 1, "a member does not match")));
    Finding finding =
        Finding.newBuilder()
            .setFindingId("f")
            .setImageId(Runs.IMAGE)
            .setImage("image.raw")
            .setAnalyzer("text")
            .setKind("email")
            .setValue("a@example.org")
            .setLocation(Location.physical(address).record())
            .setLength(length)
            .setEncoding("ascii")
            .setRangeKind(RangeKind.RAM)
            .setCacheType(CacheType.WRITE_BACK)
            .setVerdict(VerdictKind.MAPPED)
            .setConfidence(Confidence.HIGH)
            .setAttributes(Map.of("width", "8"))
            .build();
    DoubtfulFindings.mark(manifest, run, finding);
    return finding.getAttributes();
  }
}
