package io.pagestream.analyzers.stage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.analyzers.catalog.AnalyzerCatalog;
import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.page.Pages;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;

/** Decoders together with all analyzers: nested codecs, limits, options, hostile memory. */
final class DecodersTest {
  private static final int AT = 64;
  private static final String TEXT = "please reply to ann.lee@example.org today";

  @Test
  void contentIsFoundThroughSeveralCodecs() throws Exception {
    byte[] wide = TEXT.getBytes(Charset.forName("UTF-32LE"));
    byte[] encoded = base64(zlib(wide));
    assertThat(emails(analyze(encoded, Map.of())))
        .containsExactly("ann.lee@example.org BASE64-0-ZLIB-0-UTF32-16");
  }

  @Test
  void base64IsFollowedToTheDepth() {
    byte[] content = TEXT.getBytes(ISO_8859_1);
    for (int depth = 1; depth <= 5; depth++) {
      content = base64(content);
      List<String> emails = emails(analyze(content, Map.of()));
      String path = "BASE64-0-".repeat(depth - 1) + "BASE64-16";
      if (depth <= 4) {
        assertThat(emails).containsExactly("ann.lee@example.org " + path);
      } else {
        assertThat(emails).isEmpty();
        assertThat(emails(analyze(content, Map.of("decoders.depth", "5"))))
            .containsExactly("ann.lee@example.org " + path);
      }
    }
  }

  @Test
  void limitsAreOptionsAndCounted() throws Exception {
    byte[] stream = zlib(new byte[100_000]);
    assertThat(analyze(stream, Map.of()).decoded())
        .containsEntry("zlib:bytes", 100_000L)
        .doesNotContainKey("zlib:cut");
    assertThat(analyze(stream, Map.of("decoders.stream-kib", "16")).decoded())
        .containsEntry("zlib:bytes", 16_384L)
        .containsEntry("zlib:cut", 1L);
    assertThat(analyze(stream, Map.of("decoders.page-kib", "8")).decoded())
        .containsEntry("zlib:bytes", 8_192L)
        .containsEntry("zlib:cut", 1L);
  }

  @Test
  void memoryIsCombinedWithAByteOnlyOnRequest() {
    byte[] hidden = TEXT.getBytes(ISO_8859_1);
    for (int i = 0; i < hidden.length; i++) {
      hidden[i] ^= 0x5a;
    }
    assertThat(emails(analyze(hidden, Map.of()))).isEmpty();
    assertThat(emails(analyze(hidden, Map.of("decoders.xor", "90"))))
        .containsExactly("ann.lee@example.org XOR5A-" + (AT + 16));
  }

  /** Bombs inside a bomb: four rounds, each within the limit of a page. */
  @Test
  void nestedBombsAreBounded() throws Exception {
    byte[] bomb = zlib(new byte[20_000_000]);
    ByteArrayOutputStream many = new ByteArrayOutputStream();
    for (int i = 0; i < 40; i++) {
      many.writeBytes(bomb);
    }
    RunAnalysis analysis = analyze(zlib(zlib(many.toByteArray())), Map.of());
    assertThat(analysis.failures()).isEmpty();
    assertThat(analysis.decoded().getOrDefault("zlib:bytes", 0L)).isLessThan(4L * 256 * 1024 + 1);
    assertThat(analysis.decoded()).containsKey("zlib:cut");
  }

  /** Local entries that contain each other: every one of them expands all that follow. */
  @Test
  void overlappingZipEntriesAreBounded() {
    byte[] kernel = zeros();
    ByteBuffer zip = ByteBuffer.allocate(Pages.SIZE - AT).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    while (zip.remaining() > 31 + 5 + kernel.length) {
      zip.putInt(0x04034b50).putShort((short) 20).putShort((short) 8).putShort((short) 8);
      zip.putInt(0)
          .putInt(0)
          .putInt(0)
          .putInt(0)
          .putShort((short) 1)
          .putShort((short) 0)
          .put((byte) 'a');
      zip.put((byte) 0)
          .putShort((short) 31)
          .putShort((short) ~31); // a stored block: the next header
    }
    byte[] memory = new byte[zip.position() + kernel.length];
    System.arraycopy(zip.array(), 0, memory, 0, zip.position());
    System.arraycopy(kernel, 0, memory, zip.position(), kernel.length);
    RunAnalysis analysis = analyze(memory, Map.of());
    assertThat(analysis.failures()).isEmpty();
    assertThat(analysis.decoded().getOrDefault("zip:bytes", 0L)).isLessThan(256L * 1024 * 4 + 1);
  }

  private static byte[] zeros() {
    Deflater deflater = new Deflater(9, true);
    deflater.setInput(new byte[1_000_000]);
    deflater.finish();
    byte[] buffer = new byte[4096];
    int length = deflater.deflate(buffer);
    deflater.end();
    return Arrays.copyOf(buffer, length);
  }

  /** Memory full of anchors; each is followed by what is valid for a while. */
  @Test
  void floodsOfAnchorsTakeLinearTime() throws Exception {
    byte[] fixed = zlib(TEXT.repeat(3).getBytes(ISO_8859_1));
    List<byte[]> pieces =
        List.of(
            new byte[] {'x', 1, 0, 4, 0, (byte) ~4, (byte) 0xff},
            Arrays.copyOf(fixed, fixed.length - 6),
            new byte[] {
              (byte) 0xfd,
              '7',
              'z',
              'X',
              'Z',
              0,
              0,
              4,
              (byte) 0xe6,
              (byte) 0xd6,
              (byte) 0xb4,
              0x46,
              2,
              0,
              0x21,
              1,
              0x16,
              0
            },
            new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, 0x58, 9, 0, 0, 1},
            new byte[] {
              4, 0x22, 0x4d, 0x18, 0x64, 0x40, (byte) 0xa7, 4, 0, 0, (byte) 0x80, 1, 2, 3, 4
            },
            "MAM\4aaaaBBBB".getBytes(ISO_8859_1),
            "\u00ff\u00b0\0abcdefgh\0abcdefgh".getBytes(ISO_8859_1),
            "BZh91AY&SY".getBytes(ISO_8859_1),
            "%41".getBytes(ISO_8859_1),
            "a=\nb".getBytes(ISO_8859_1),
            "QUJD".getBytes(ISO_8859_1));
    for (byte[] piece : pieces) {
      byte[] memory = new byte[8 * Pages.SIZE];
      for (int i = 0; i < memory.length; i++) {
        memory[i] = piece[i % piece.length];
      }
      long start = System.nanoTime();
      RunAnalysis analysis = analyze(memory, Map.of());
      assertThat(analysis.failures()).as(new String(piece, ISO_8859_1)).isEmpty();
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .as(new String(piece, ISO_8859_1))
          .isLessThan(Duration.ofSeconds(20));
    }
  }

  /** What is compressed or random contains anchors, but no streams. */
  @Test
  void randomAndCompressedMemoryHasNoContent() {
    byte[] random = new byte[64 * Pages.SIZE];
    new Random(4711).nextBytes(random);
    assertThat(analyze(random, Map.of()).decoded()).isEmpty();
  }

  private static byte[] base64(byte[] content) {
    return Base64.getEncoder().encode(content);
  }

  private static byte[] zlib(byte[] content) throws java.io.IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream stream = new DeflaterOutputStream(packed, new Deflater(9))) {
      stream.write(content);
    }
    return packed.toByteArray();
  }

  private static List<String> emails(RunAnalysis analysis) {
    return analysis.findings().stream()
        .filter(finding -> finding.getKind().equals("email"))
        .map(DecodersTest::valueAndPath)
        .toList();
  }

  private static String valueAndPath(Finding finding) {
    return finding.getValue() + " " + finding.getLocation().getPath();
  }

  private static RunAnalysis analyze(byte[] memory, Map<String, String> options) {
    int pages = (AT + memory.length + Pages.SIZE - 1) / Pages.SIZE;
    PageRun run = Runs.of(0, "B".repeat(pages));
    byte[] bytes = new byte[pages * Pages.SIZE];
    System.arraycopy(memory, 0, bytes, AT, memory.length);
    run.setPages(ByteBuffer.wrap(bytes));
    try (AnalyzerLane lane =
        new AnalyzerLane(
            AnalyzerSelection.of(AnalyzerCatalog.all(), Set.of(), new HashMap<>(options)),
            WorkLimit.of(Duration.ofMinutes(10)),
            FindingCap.DEFAULT,
            PayloadFiles.NONE)) {
      return lane.analyze(Runs.manifest(pages), run);
    }
  }
}
