package io.pagestream.images.format.macho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagestream.images.MemoryImages;
import io.pagestream.images.OpenOptions;
import io.pagestream.images.OpenedImage;
import io.pagestream.images.format.HostileInput;
import io.pagestream.schemas.avro.Doubt;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Facts of Mach-O files, and files that are not physical memory. */
final class MachoFormatTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");

  @TempDir private Path folder;

  private static OpenedImage open(Path file) {
    return MemoryImages.open(List.of(file), OpenOptions.defaults());
  }

  private Path changed(Consumer<ByteBuffer> change) throws IOException {
    byte[] bytes = Files.readAllBytes(GOLDEN.resolve("macho-64.macho"));
    change.accept(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    return Files.write(folder.resolve("x.macho"), bytes);
  }

  private void requireRefused(Path file, String reason) {
    assertThatThrownBy(() -> open(file))
        .hasMessageContaining("PS-201")
        .hasMessageContaining("Mach-O")
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @CsvSource({"macho-64.macho, x86_64", "macho-32.macho, i386", "macho-big.macho, ppc"})
  void theHeaderNamesTheProcessor(String golden, String machine) {
    try (OpenedImage opened = open(GOLDEN.resolve(golden))) {
      assertThat(opened.facts().machine().architecture()).contains(machine);
      assertThat(opened.facts().doubts()).isEmpty();
    }
  }

  @Test
  void coresWithVirtualAddressesAreRefused() throws IOException {
    // LC_THREAD instead of the last segment.
    requireRefused(changed(bytes -> bytes.putInt(32 + 2 * 72, 4)), "virtual");
    requireRefused(changed(bytes -> bytes.putLong(32 + 24, -1L << 39)), "virtual");
  }

  @Test
  void programsAreRefused() throws IOException {
    requireRefused(changed(bytes -> bytes.putInt(12, 2)), "a program");
  }

  @Test
  void anImpossibleSegmentCostsItself() throws IOException {
    Path file = changed(bytes -> bytes.putLong(32 + 72 + 24, 1L << 60));
    try (OpenedImage opened = open(file)) {
      assertThat(opened.extents()).hasSize(2);
      assertThat(opened.facts().doubts())
          .extracting(Doubt::getReason)
          .containsExactly("skipped-header");
    }
  }

  @Test
  void hostileFilesGiveErrorsOrDoubts() throws IOException {
    long seed = 20261127;
    System.out.println("MachoFormatTest seed " + seed);
    MachoFormat format = new MachoFormat();
    HostileInput.mutate(format, HostileInput.golden("macho-64.macho"), 256, 5000, seed);
    HostileInput.mutate(format, HostileInput.golden("macho-big.macho"), 160, 5000, seed);
    HostileInput.truncate(format, HostileInput.golden("macho-64.macho"), 512);
  }
}
