package io.pagestream.analyzers.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.analyzers.catalog.AnalyzerCatalog;
import io.pagestream.schemas.avro.Confidence;
import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.page.Pages;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

/**
 * A bound for false findings of all analyzers in random and compressed data; {@code
 * docs/false-positives.md} has the counts for 1 GiB.
 */
final class CompressedDataTest {
  private static final int RUN = 64 * Pages.SIZE;

  @Test
  void oneMebibyteOfCompressedDataHasAlmostNoFindings() {
    Random random = new Random(11);
    List<Finding> findings = new ArrayList<>();
    try (AnalyzerLane lane =
        new AnalyzerLane(
            AnalyzerSelection.of(AnalyzerCatalog.all(), Set.of(), Map.of()),
            WorkLimit.of(Duration.ofMinutes(10)),
            FindingCap.DEFAULT,
            PayloadFiles.NONE)) {
      for (int level : new int[] {1, 6, 9, 0}) {
        byte[] memory = level == 0 ? random(random) : compressed(level, random);
        PageRun run = Runs.of(0, "B".repeat(64));
        run.setPages(ByteBuffer.wrap(memory));
        findings.addAll(lane.analyze(Runs.manifest(64), run).findings());
      }
    }
    // 1 GiB has about ten, all of low confidence but for one or two cards.
    assertThat(findings).filteredOn(one -> one.getConfidence() != Confidence.LOW).isEmpty();
    assertThat(findings).hasSizeLessThan(3);
  }

  private static byte[] random(Random random) {
    byte[] bytes = new byte[RUN];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Words in random order, deflated, without the beginning of the stream. */
  private static byte[] compressed(int level, Random random) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    while (text.size() < 8 * RUN) {
      String word = Long.toString(random.nextLong() >>> random.nextInt(48), 36);
      text.writeBytes((word + ' ').getBytes(StandardCharsets.US_ASCII));
    }
    try (Deflater deflater = new Deflater(level, true)) {
      deflater.setInput(text.toByteArray());
      deflater.finish();
      byte[] stream = new byte[RUN + 64];
      int length = 0;
      while (length < stream.length) {
        length += deflater.deflate(stream, length, stream.length - length);
      }
      return Arrays.copyOfRange(stream, 64, stream.length);
    }
  }
}
