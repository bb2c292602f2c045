package io.pagestream.analyzers.stage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.analyzers.catalog.AnalyzerCatalog;
import io.pagestream.analyzers.contract.MachineSpeed;
import io.pagestream.analyzers.extent.ContiguousBytes;
import io.pagestream.analyzers.extent.FileExtents;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.page.Pages;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Memory that is built to cost the analyzers time or memory: bounded, and counted. */
final class BombsTest {
  private static final int RUN = 64 * Pages.SIZE;
  private static final int AHEAD = 64 * 1024;
  private static final int ENTRIES = 65_535;

  /** Decoded bytes of a page (the default of {@code decoders.page-kib}), in each of four rounds. */
  private static final long DECODED_OF_A_PAGE = 4L * 256 * 1024;

  /** Processor time for a run; memory of text takes a hundredth of it. */
  private static final Duration LIMIT = Duration.ofSeconds(8);

  /**
   * The local headers of 65,535 entries, each of which contains all that follow it as stored blocks
   * and then a kernel that expands to a megabyte.
   */
  @Test
  void aZipFileOfOverlappingEntries() {
    byte[] header = new byte[31 + 5];
    ByteBuffer entry = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
    entry.putInt(0x04034b50).putShort((short) 20).putShort((short) 8).putShort((short) 8);
    entry.putShort(26, (short) 1).put(30, (byte) 'a');
    // A stored block: the header of the next entry and its first byte.
    entry.putShort(32, (short) 31).putShort(34, (short) ~31);
    byte[] kernel = zeros();
    byte[] zip = new byte[ENTRIES * header.length + kernel.length];
    for (int i = 0; i < ENTRIES; i++) {
      System.arraycopy(header, 0, zip, i * header.length, header.length);
    }
    System.arraycopy(kernel, 0, zip, ENTRIES * header.length, kernel.length);
    try (AnalyzerLane lane = lane()) {
      // The first, the second and the last whole run: all between are like the second.
      for (int start : new int[] {0, RUN, (zip.length / RUN - 1) * RUN}) {
        RunAnalysis analysis = analyze(lane, zip, start);
        assertThat(analysis.failures()).isEmpty();
        assertThat(analysis.decoded().getOrDefault("zip:bytes", 0L))
            .isLessThanOrEqualTo(64 * DECODED_OF_A_PAGE);
        assertThat(analysis.decoded().getOrDefault("zip:cut", 0L)).isPositive();
      }
    }
  }

  private static byte[] zeros() {
    try (Deflater deflater = new Deflater(9, true)) {
      deflater.setInput(new byte[1 << 20]);
      deflater.finish();
      byte[] buffer = new byte[4096];
      return Arrays.copyOf(buffer, deflater.deflate(buffer));
    }
  }

  /** Fill bytes, empty segments, empty scans, and a scan that does not end. */
  @ParameterizedTest
  @ValueSource(strings = {"ff", "ffe10002", "ffda0002", "ffd8", "00"})
  void anEndlessJpeg(String repeated) {
    byte[] piece = HexFormat.of().parseHex(repeated);
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    jpeg.writeBytes(
        HexFormat.of()
            .parseHex(
                "ffd8ffe000104a46494600010100000100010000"
                    + "ffc0000b080010001001011100ffda0008010100003f00"));
    while (jpeg.size() < 4 * RUN) {
      jpeg.writeBytes(piece);
    }
    byte[] memory = jpeg.toByteArray();
    try (AnalyzerLane lane = lane()) {
      RunAnalysis analysis = analyze(lane, memory, 0);
      assertThat(analysis.failures()).isEmpty();
    }
    timed(() ->
        assertThat(FileExtents.of("jpeg", 20, Map.of(), 0, bytes(memory)).orElseThrow())
            .matches(extent -> extent.length() <= memory.length && !extent.verified()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"@", "a@b.cd ", "a@", "@b.cd", "http://", "a.", "1.2.3.4 ", "{\"a\":"})
  void floodsOfText(String piece) {
    byte[] memory = piece.repeat(RUN / piece.length() + 1).getBytes(ISO_8859_1);
    try (AnalyzerLane lane = lane()) {
      RunAnalysis analysis = analyze(lane, memory, 0);
      assertThat(analysis.failures()).isEmpty();
      // What the cap omits is counted: nothing is omitted silently.
      if (piece.equals("a@b.cd ")) {
        long kept =
            analysis.findings().stream().filter(one -> one.getKind().equals("email")).count();
        assertThat(kept + analysis.capped().getOrDefault("email", 0L))
            .isEqualTo(RUN / piece.length() + 1);
      }
      assertThat(analysis.findings()).hasSizeLessThan(64 * 256 * 4);
    }
  }

  private static ContiguousBytes bytes(byte[] memory) {
    return new ContiguousBytes(
        (offset, into) -> {
          int count = Math.clamp(memory.length - offset, 0, into.length);
          System.arraycopy(memory, (int) Math.min(offset, memory.length), into, 0, count);
          return count;
        },
        memory.length);
  }

  private static AnalyzerLane lane() {
    return new AnalyzerLane(
        AnalyzerSelection.of(AnalyzerCatalog.all(), Set.of(), Map.of()),
        WorkLimit.of(Duration.ofMinutes(10)),
        FindingCap.DEFAULT,
        PayloadFiles.NONE);
  }

  private static RunAnalysis analyze(AnalyzerLane lane, byte[] memory, int start) {
    byte[] own = Arrays.copyOfRange(memory, start, start + RUN);
    int end = Math.min(memory.length, start + RUN);
    byte[] ahead = Arrays.copyOfRange(memory, end, Math.min(memory.length, end + AHEAD));
    PageRun run = Runs.of(0, "B".repeat(64), new byte[0], ahead);
    run.setPages(ByteBuffer.wrap(own));
    RunAnalysis[] analysis = new RunAnalysis[1];
    timed(() -> analysis[0] = lane.analyze(Runs.manifest(64), run));
    return analysis[0];
  }

  /**
   * Runs it twice, since the first time may be interpreted, and requires the time of the second.
   */
  private static void timed(Runnable work) {
    long nanos = Long.MAX_VALUE;
    for (int pass = 0; pass < 2 && nanos > MachineSpeed.limit(LIMIT).toNanos(); pass++) {
      long start = processCpuTime();
      work.run();
      nanos = processCpuTime() - start;
    }
    assertThat(nanos).isLessThan(MachineSpeed.limit(LIMIT).toNanos());
  }

  /** Of all threads: the lane analyzes in a thread of its own. */
  private static long processCpuTime() {
    return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
        .getProcessCpuTime();
  }
}
