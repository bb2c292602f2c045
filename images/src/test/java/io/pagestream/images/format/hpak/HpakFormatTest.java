package io.pagestream.images.format.hpak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagestream.images.MemoryImages;
import io.pagestream.images.OpenOptions;
import io.pagestream.images.OpenedImage;
import io.pagestream.images.format.HostileInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HPAK images that cannot be read, and damage. */
final class HpakFormatTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");

  /** Offset of the section with physical memory: behind a section with 100 bytes. */
  private static final int SECTION = 0x20 + 0xe0 + 100;

  @TempDir private Path folder;

  @Test
  void otherSectionsAreNotReadAndSaidSo() {
    try (OpenedImage opened =
        MemoryImages.open(List.of(GOLDEN.resolve("hpak.hpak")), OpenOptions.defaults())) {
      assertThat(opened.facts().warnings()).singleElement().asString().contains("PAGEDUMP");
    }
  }

  @Test
  void compressedMemoryIsRefusedByName() throws IOException {
    byte[] bytes = Files.readAllBytes(GOLDEN.resolve("hpak.hpak"));
    bytes[SECTION + 0x8c] = 1;
    Path file = Files.write(folder.resolve("x.hpak"), bytes);
    assertThatThrownBy(() -> MemoryImages.open(List.of(file), OpenOptions.defaults()))
        .hasMessageContaining("PS-201")
        .hasMessageContaining("HPAK image with compressed memory");
  }

  @Test
  void hostileFilesGiveErrorsOrDoubts() throws IOException {
    long seed = 20261127;
    System.out.println("HpakFormatTest seed " + seed);
    HostileInput.mutate(
        new HpakFormat(), HostileInput.golden("hpak.hpak"), SECTION + 0xe0, 10000, seed);
    HostileInput.truncate(new HpakFormat(), HostileInput.golden("hpak.hpak"), SECTION + 0xe0);
  }
}
