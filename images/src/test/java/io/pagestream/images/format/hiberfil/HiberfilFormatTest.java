package io.pagestream.images.format.hiberfil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagestream.images.MemoryImages;
import io.pagestream.images.OpenOptions;
import io.pagestream.images.OpenedImage;
import io.pagestream.images.PageReader;
import io.pagestream.images.format.HostileInput;
import io.pagestream.images.memory.PageState;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.page.Pages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Facts of hibernation files, damage, and files that cannot be read. */
final class HiberfilFormatTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final byte[] XPRESS = "\u0081\u0081xpress".getBytes(StandardCharsets.ISO_8859_1);

  @TempDir private Path folder;

  private static <T> T open(Path file, Function<OpenedImage, T> question) {
    try (OpenedImage opened = MemoryImages.open(List.of(file), OpenOptions.defaults())) {
      return question.apply(opened);
    }
  }

  private static Map<String, String> hints(String golden) {
    return open(GOLDEN.resolve(golden), opened -> opened.facts().hints());
  }

  private static List<String> reasons(OpenedImage opened) {
    return opened.facts().doubts().stream().map(Doubt::getReason).toList();
  }

  private static PageState stateOfPageFour(OpenedImage opened) {
    return new PageReader(opened.image()).read(Pages.address(4));
  }

  private Path changed(String golden, Consumer<byte[]> change) throws IOException {
    byte[] bytes = Files.readAllBytes(GOLDEN.resolve(golden));
    change.accept(bytes);
    return Files.write(folder.resolve(golden), bytes);
  }

  private static Map<Long, PageReader.Page> pages(OpenedImage opened) {
    Map<Long, PageReader.Page> pages = new TreeMap<>();
    new PageReader(opened.image()).readAll(64, pages::put);
    return pages;
  }

  /** Frames whose pages differ from those of the golden file in state or bytes. */
  private static List<Long> changes(String golden, Path damaged) {
    Map<Long, PageReader.Page> whole = open(GOLDEN.resolve(golden), HiberfilFormatTest::pages);
    Map<Long, PageReader.Page> read = open(damaged, HiberfilFormatTest::pages);
    List<Long> changes = new ArrayList<>();
    whole.forEach((address, page) -> {
      if (!page.equals(read.get(address))) {
        changes.add(Pages.frameNumber(address));
      }
    });
    return changes;
  }

  @Test
  void theFactsOfTheHeader() {
    assertThat(hints("hiberfil-10.sys"))
        .containsEntry("hiberfil.signature", "HIBR")
        .containsEntry("windows.builds", "17763 to 19045")
        .containsEntry("time", "2024-01-01T00:00:00Z")
        .containsEntry("machine", "x86_64")
        .containsEntry("cr3.0", "0x5000")
        .containsEntry("hiberfil.pages", "37");
    assertThat(hints("hiberfil-10-32.sys"))
        .containsEntry("machine", "i386")
        .containsEntry("cr3.0", "0x5020");
    assertThat(hints("hiberfil-xp64.sys"))
        .containsEntry("hiberfil.tables", "xp_64")
        .containsEntry("cr3.0", "0x10000");
    assertThat(hints("hiberfil-seven32.sys")).containsEntry("cr3.0", "0x10020");
  }

  @Test
  void setsOfAnEarlierHibernationAreNotRead() {
    for (String golden : List.of("hiberfil-10.sys", "hiberfil-8.sys", "hiberfil-future.sys")) {
      open(
          GOLDEN.resolve(golden),
          opened -> {
            assertThat(opened.covers(Pages.address(0x999))).as(golden).isFalse();
            assertThat(reasons(opened)).as(golden).isEmpty();
            return 0;
          });
    }
  }

  @Test
  void aDamagedSetCostsItsOwnPages() throws IOException {
    // The data of the first set of the kernel: its Huffman codes are no longer complete.
    Path data = changed("hiberfil-10.sys", bytes -> Arrays.fill(bytes, 0x4070, 0x4090, (byte) -1));
    assertThat(changes("hiberfil-10.sys", data))
        .containsExactlyInAnyOrder(4L, 5L, 6L, 7L, 0x10L, 0x12L, 0x13L);
    assertThat(open(data, HiberfilFormatTest::stateOfPageFour)).isEqualTo(PageState.UNREADABLE);
    // Its head: the next set is found.
    Path head = changed("hiberfil-10.sys", bytes -> Arrays.fill(bytes, 0x4000, 0x4010, (byte) -1));
    assertThat(changes("hiberfil-10.sys", head))
        .containsExactlyInAnyOrder(4L, 5L, 6L, 7L, 0x10L, 0x12L, 0x13L);
    assertThat(open(head, HiberfilFormatTest::reasons)).containsExactly("skipped-header");
  }

  @Test
  void behindADamagedSetTheNextOneIsFound() throws IOException {
    byte[] golden = Files.readAllBytes(GOLDEN.resolve("hiberfil-10.sys"));
    // The second set of the kernel's: one descriptor of the sixteen pages from 0x20 on.
    int second = 0;
    for (int at = 0x4000; at < golden.length - 12 && second == 0; at++) {
      if (golden[at] == 1 && golden[at + 4] == 0x0f && golden[at + 5] == 2 && golden[at + 6] == 0) {
        second = at;
      }
    }
    int start = second;
    assertThat(start).isPositive();
    Path damaged = changed("hiberfil-10.sys", bytes -> bytes[start] = 77);
    assertThat(changes("hiberfil-10.sys", damaged))
        .containsExactly(
            0x20L, 0x21L, 0x22L, 0x23L, 0x24L, 0x25L, 0x26L, 0x27L, 0x28L, 0x29L, 0x2aL, 0x2bL,
            0x2cL, 0x2dL, 0x2eL, 0x2fL);
    assertThat(open(damaged, HiberfilFormatTest::reasons)).containsExactly("skipped-header");
  }

  @Test
  void behindADamagedBlockOfWindowsSevenTheNextOneIsFound() throws IOException {
    byte[] golden = Files.readAllBytes(GOLDEN.resolve("hiberfil-seven32.sys"));
    int second = indexOf(golden, XPRESS, indexOf(golden, XPRESS, 0) + 1);
    Path damaged = changed("hiberfil-seven32.sys", bytes -> bytes[second] = 0);
    List<Long> changes = changes("hiberfil-seven32.sys", damaged);
    // The frames of the second block: the 17th to 32nd page of the table.
    assertThat(changes).hasSize(16).contains(0x1bL, 0x29L, 0x30L);
    assertThat(open(damaged, HiberfilFormatTest::reasons)).containsExactly("skipped-header");
  }

  @Test
  void aTruncatedFileKeepsWhatItHas() throws IOException {
    for (String golden : List.of("hiberfil-10.sys", "hiberfil-seven64.sys")) {
      byte[] bytes = Files.readAllBytes(GOLDEN.resolve(golden));
      Path cut =
          Files.write(folder.resolve("cut.sys"), Arrays.copyOf(bytes, bytes.length / 4 * 3 + 8));
      List<Long> changes = changes(golden, cut);
      assertThat(changes).as(golden).isNotEmpty();
      assertThat(open(cut, HiberfilFormatTest::reasons)).as(golden).isNotEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"HIBR", "hibr", "RSTR", "WAKE", "wake", "HORM"})
  void withoutPagesItIsRefusedByName(String signature) throws IOException {
    byte[] noise = new byte[64 << 10];
    new Random(5).nextBytes(noise);
    System.arraycopy(signature.getBytes(StandardCharsets.US_ASCII), 0, noise, 0, 4);
    Path file = Files.write(folder.resolve("hiberfil.sys"), noise);
    assertThatThrownBy(() -> open(file, OpenedImage::name))
        .isInstanceOf(PagestreamException.class)
        .hasMessageContaining("PS-201")
        .hasMessageContaining("hibernation file");
  }

  @Test
  void aWipedHeaderWithoutTablesIsExplained() throws IOException {
    byte[] bytes = new byte[40 << 10];
    System.arraycopy(XPRESS, 0, bytes, 0x2000, XPRESS.length);
    Path file = Files.write(folder.resolve("hiberfil.sys"), bytes);
    assertThatThrownBy(() -> open(file, OpenedImage::name))
        .hasMessageContaining("whose first page was wiped")
        .hasMessageContaining("when it resumes");
  }

  @Test
  void afterResumingTheFileIsReadWithAWarning() {
    open(
        GOLDEN.resolve("hiberfil-wake.sys"),
        opened -> {
          assertThat(opened.facts().warnings()).singleElement().asString().contains("WAKE");
          assertThat(reasons(opened)).isEmpty();
          return 0;
        });
  }

  @Test
  void hostileFilesGiveErrorsOrDoubts() throws IOException {
    long seed = 20261127;
    System.out.println("HiberfilFormatTest seed " + seed);
    HiberfilFormat format = new HiberfilFormat();
    HostileInput.mutate(format, HostileInput.golden("hiberfil-10.sys"), 0x300, 2500, seed);
    HostileInput.mutate(format, HostileInput.golden("hiberfil-10-32.sys"), 0x300, 2500, seed);
    HostileInput.mutate(format, HostileInput.golden("hiberfil-seven64.sys"), 0x7100, 2500, seed);
    HostileInput.mutate(format, HostileInput.golden("hiberfil-xp32.sys"), 0x7100, 2500, seed);
    HostileInput.truncate(format, HostileInput.golden("hiberfil-8.sys"), 0x400);
    HostileInput.truncate(format, HostileInput.golden("hiberfil-wiped.sys"), 0x400);
  }

  private static int indexOf(byte[] bytes, byte[] wanted, int from) {
    for (int at = from; at < bytes.length - wanted.length; at++) {
      if (Arrays.mismatch(bytes, at, at + wanted.length, wanted, 0, wanted.length) < 0) {
        return at;
      }
    }
    return -1;
  }
}
