package io.pagestream.images.rangesource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.error.PagestreamException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Common properties of sidecars: their location, names and garbage in them, and Pagestream's JSON.
 */
final class SideFilesTest {
  private final WrittenSideFile side;

  SideFilesTest(@TempDir Path folder) {
    side = new WrittenSideFile(folder);
  }

  @Test
  void ourJsonMayTellNamesAndCacheTypes() throws IOException {
    String json =
        "{\"ranges\":[{\"physicalAddress\":4096,\"length\":4096,\"kind\":\"frame-buffer\","
            + "\"name\":\"vga\",\"cache\":\"write-combining\"}]}";
    RangeSource source = side.facts(SideFileKind.RANGES, json).sources().getFirst();
    assertThat(source.claims().getFirst().established()).isEqualTo(CacheType.WRITE_COMBINING);
    assertThat(source.claims().getFirst().name()).isEqualTo("vga");
    assertThatThrownBy(() -> side.facts(SideFileKind.RANGES, json.replace("combining", "only")))
        .hasMessageStartingWith("PS-104 ");
  }

  @Test
  void namesAreMadeSafe() throws IOException {
    String text = "1000-1fff : evil\u001b[2J\u00e4" + "x".repeat(100) + "\n";
    assertThatThrownBy(() -> side.claims(SideFileKind.IOMEM, text))
        .hasMessageContaining("not text");
    assertThat(side.claims(SideFileKind.IOMEM, text.replace("\u001b", "")))
        .singleElement()
        .asString()
        .hasSize("1000-2000 device ".length() + Claim.MOST_NAME)
        .contains("evil[2J?");
  }

  /** Garbage of all sizes ends in an error or in claims, soon, for every kind of file. */
  @ParameterizedTest
  @EnumSource(SideFileKind.class)
  void garbageIsHarmless(SideFileKind kind) {
    long seed = new Random().nextLong();
    System.out.println("garbageIsHarmless seed " + seed);
    Random random = new Random(seed);
    assertTimeout(
        Duration.ofSeconds(60),
        () -> {
          for (int i = 0; i < 300; i++) {
            byte[] bytes = new byte[random.nextInt(2000)];
            random.nextBytes(bytes);
            if (i % 2 == 0) { // text of the alphabet that the formats are made of
              String alphabet =
                  "0123456789abcdef-x: []()=,MKB\nBIOS-e820: [mem 0x1000-0x2fff] usable\n";
              for (int b = 0; b < bytes.length; b++) {
                bytes[b] = (byte) alphabet.charAt((bytes[b] & 0xff) % alphabet.length());
              }
            }
            readOrRefuse(kind, bytes);
          }
          byte[] line = "1000-1fff : System RAM\n".getBytes(StandardCharsets.UTF_8);
          ByteBuffer million = ByteBuffer.allocate(line.length * 700_000);
          while (million.hasRemaining()) {
            million.put(line);
          }
          readOrRefuse(kind, million.array());
          readOrRefuse(kind, "0".repeat(10_000_000).getBytes(StandardCharsets.UTF_8));
          readOrRefuse(kind, "[ ".repeat(1_000_000).getBytes(StandardCharsets.UTF_8));
          readOrRefuse(kind, new byte[1 << 20]);
          readOrRefuse(kind, new byte[SideContent.LARGEST + 1]);
        });
  }

  @Test
  void filesBesideTheImageAreFoundByName(@TempDir Path folder) throws IOException {
    Path image = Files.write(folder.resolve("m.raw.zst"), new byte[1]);
    Files.write(folder.resolve("m.raw.iomem"), new byte[1]);
    Files.write(folder.resolve("m.raw.zst.mtrr"), new byte[1]);
    Files.write(folder.resolve("m.raw.zst.msr"), new byte[1]);
    SideFiles found = SideFiles.NONE.beside(image, 1);
    assertThat(found.first(SideFileKind.IOMEM)).contains(folder.resolve("m.raw.iomem"));
    assertThat(found.of(SideFileKind.MTRR)).hasSize(2);
    assertThat(found.of(SideFileKind.PAT)).isEmpty();
    assertThat(SideFiles.NONE.beside(image, 0).of(SideFileKind.IOMEM)).isEmpty();
    Path given = folder.resolve("given");
    assertThat(
            SideFiles.NONE.with(SideFileKind.IOMEM, given).beside(image, 1).of(SideFileKind.IOMEM))
        .isEmpty();
  }

  private void readOrRefuse(SideFileKind kind, byte[] bytes) throws IOException {
    try {
      side.facts(kind, bytes);
    } catch (PagestreamException e) {
      assertThat(e.getMessage()).startsWith("PS-10");
    }
  }
}
