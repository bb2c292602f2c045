package io.pagestream.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pagestream.images.MemoryImages;
import io.pagestream.images.OpenOptions;
import io.pagestream.images.OpenedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The output of {@code pagestream inspect} for an image with sidecars. */
final class ImageInspectionTest {
  private static final String IOMEM =
      """
      00000000-00001fff : System RAM
      00002000-00002fff : Reserved
      fea00000-feafffff : 0000:00:02.0
      """;

  @TempDir private Path folder;
  private Path image;

  @BeforeEach
  void writeFiles() throws IOException {
    image = Files.write(folder.resolve("m.raw"), new byte[4 * 4096]);
    Files.writeString(folder.resolve("m.raw.iomem"), IOMEM);
    Files.writeString(
        folder.resolve("m.raw.pat"),
        "PAT memtype list:\nPAT: [mem 0xfea00000-0xfeb00000] write-combining\n");
    Files.writeString(
        folder.resolve("m.raw.e820"), "BIOS-e820: [mem 0x0000000000000000-0x2fff] usable\n");
  }

  @Test
  void linesShowKindTypeSourceNameHolesAndContradictions() {
    assertThat(inspect().lines())
        .anyMatch(line -> line.endsWith("2 pages  ram (iomem) System RAM"))
        .anyMatch(line -> line.endsWith("1 pages  firmware-reserved (iomem) Reserved"))
        .anyMatch(line -> line.endsWith("1 pages  unknown (default)"))
        .anyMatch(
            line -> line.endsWith("frame-buffer, write-combining (iomem) 0000:00:02.0  [absent]"))
        .anyMatch(line -> line.startsWith("  hole      0x000000004000"))
        .contains(
            "  contradiction 0x2000 - 0x2fff (1 pages): iomem says firmware-reserved (Reserved),"
                + " e820 says ram (usable)");
  }

  @Test
  void jsonHasTheSame() throws IOException {
    JsonNode tree =
        new ObjectMapper().readTree(InspectionJson.of(List.of(inspect()))).path("images").get(0);
    assertThat(tree.path("pages").asLong()).isEqualTo(4);
    assertThat(tree.path("absentPages").asLong()).isEqualTo(256);
    JsonNode frameBuffer = tree.path("ranges").get(3);
    assertThat(frameBuffer.path("kind").asText()).isEqualTo("frame-buffer");
    assertThat(frameBuffer.path("established").asText()).isEqualTo("write-combining");
    assertThat(frameBuffer.path("source").asText()).isEqualTo("iomem");
    assertThat(frameBuffer.path("heldPages").asLong()).isZero();
    assertThat(tree.path("holes")).hasSize(1);
    assertThat(tree.path("contradictions")).hasSize(1);
  }

  private ImageInspection inspect() {
    try (OpenedImage opened = MemoryImages.open(List.of(image), OpenOptions.defaults())) {
      return ImageInspection.of(opened, Optional.empty());
    }
  }
}
