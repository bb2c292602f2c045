package io.pagestream.images.format.zdmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagestream.images.MemoryImages;
import io.pagestream.images.OpenOptions;
import io.pagestream.images.OpenedImage;
import io.pagestream.images.PageReader;
import io.pagestream.images.format.HostileInput;
import io.pagestream.images.memory.PageState;
import io.pagestream.schemas.avro.Doubt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Facts of compressed dumps, and damage to single blocks. */
final class ZdmpFormatTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");

  @TempDir private Path folder;

  private static OpenedImage open(Path file) {
    return MemoryImages.open(List.of(file), OpenOptions.defaults());
  }

  private static Map<PageState, Integer> states(OpenedImage opened) {
    Map<PageState, Integer> states = new EnumMap<>(PageState.class);
    new PageReader(opened.image())
        .readAll(4, (_, page) -> states.merge(page.state(), 1, Integer::sum));
    return states;
  }

  @Test
  void itIsACrashDumpInAContainer() {
    try (OpenedImage opened = open(GOLDEN.resolve("zdmp.zdmp"))) {
      assertThat(opened.facts().format()).isEqualTo("crashdump");
      assertThat(opened.facts().wrapping()).containsExactly("zdmp");
      assertThat(opened.facts().hints()).containsEntry("windows.build", "19041");
    }
  }

  /** The third block (0x8000 to 0xc000 of the dump) has the pages from the seventh on. */
  @Test
  void aDamagedBlockCostsItsOwnPages() throws IOException {
    byte[] golden = Files.readAllBytes(GOLDEN.resolve("zdmp.zdmp"));
    String text = new String(golden, StandardCharsets.ISO_8859_1);
    int third = text.indexOf("ZBLK", text.indexOf("ZBLK", text.indexOf("ZBLK") + 1) + 1);
    for (int damage : new int[] {third, third + 20}) {
      byte[] bytes = golden.clone();
      bytes[damage] ^= 1;
      Path file = Files.write(folder.resolve("x.zdmp"), bytes);
      try (OpenedImage opened = open(file)) {
        assertThat(states(opened))
            .containsOnly(Map.entry(PageState.PRESENT, 6), Map.entry(PageState.UNREADABLE, 3));
        assertThat(opened.facts().doubts())
            .extracting(Doubt::getReason)
            .allMatch(reason -> reason.equals("truncated") || reason.equals("unreadable"));
      }
    }
  }

  @Test
  void anotherCompressionIsRefusedByName() throws IOException {
    byte[] bytes = Files.readAllBytes(GOLDEN.resolve("zdmp.zdmp"));
    bytes[0x16] = 4;
    Path file = Files.write(folder.resolve("x.zdmp"), bytes);
    assertThatThrownBy(() -> open(file))
        .hasMessageContaining("PS-201")
        .hasMessageContaining("compressed DumpIt crash dump");
  }

  @Test
  void hostileFilesGiveErrorsOrDoubts() throws IOException {
    long seed = 20261127;
    System.out.println("ZdmpFormatTest seed " + seed);
    HostileInput.mutate(new ZdmpFormat(), HostileInput.golden("zdmp.zdmp"), 24, 5000, seed);
    HostileInput.mutate(new ZdmpFormat(), HostileInput.golden("zdmp.zdmp"), 1 << 20, 5000, seed);
    HostileInput.truncate(new ZdmpFormat(), HostileInput.golden("zdmp.zdmp"), 64);
  }
}
