package io.pagestream.images.format.ewf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagestream.images.ImageGrouping;
import io.pagestream.images.MemoryImages;
import io.pagestream.images.OpenOptions;
import io.pagestream.images.OpenedImage;
import io.pagestream.images.PageReader;
import io.pagestream.images.memory.PageState;
import io.pagestream.schemas.avro.Doubt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sets of EWF files that are damaged or incomplete. */
final class EwfFormatTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final Path FIRST = GOLDEN.resolve("ewf-set.E01");
  private static final Path SECOND = GOLDEN.resolve("ewf-set.E02");
  private static final Path THIRD = GOLDEN.resolve("ewf-set.E03");

  @TempDir private Path folder;

  private record Read(List<PageState> states, List<Doubt> doubts) {
    List<Integer> with(PageState state) {
      List<Integer> pages = new ArrayList<>();
      for (int i = 0; i < states.size(); i++) {
        if (states.get(i) == state) {
          pages.add(i);
        }
      }
      return pages;
    }
  }

  private static Read read(Path... files) {
    try (OpenedImage opened = MemoryImages.open(List.of(files), OpenOptions.defaults())) {
      List<PageState> states = new ArrayList<>();
      new PageReader(opened.image()).readAll(3, (address, page) -> states.add(page.state()));
      return new Read(states, opened.facts().doubts());
    }
  }

  /** A copy of a file with one change after a text. */
  private Path changed(Path file, String text, int offset, Consumer<byte[]> change)
      throws IOException {
    byte[] content = Files.readAllBytes(file);
    int at = new String(content, StandardCharsets.ISO_8859_1).indexOf(text);
    byte[] part = Arrays.copyOfRange(content, at + offset, content.length);
    change.accept(part);
    System.arraycopy(part, 0, content, at + offset, part.length);
    return Files.write(folder.resolve(String.valueOf(file.getFileName())), content);
  }

  @Test
  void theFilesOfASetBelongTogether() throws IOException {
    Path other = Files.copy(FIRST, folder.resolve("copy.E01"));
    Path single = GOLDEN.resolve("ewf.E01");
    assertThat(ImageGrouping.group(List.of(THIRD, single, FIRST, SECOND, other)))
        .containsExactly(List.of(FIRST, SECOND, THIRD), List.of(single), List.of(other));
    assertThat(ImageGrouping.group(List.of(THIRD, FIRST))).containsExactly(List.of(FIRST, THIRD));
  }

  @Test
  void sectorsThatTheAcquisitionCouldNotReadAreDoubtful() {
    Read read = read(THIRD, SECOND, FIRST);
    assertThat(read.with(PageState.DOUBTFUL)).containsExactly(9);
    assertThat(read.doubts()).singleElement().extracting(Doubt::getReason).isEqualTo("unreadable");
  }

  @Test
  void aMissingFileCostsOnlyItsOwnPages() {
    Read read = read(FIRST, THIRD);
    assertThat(read.with(PageState.UNREADABLE)).containsExactly(5, 6, 7, 8);
    assertThat(read.with(PageState.PRESENT)).containsExactly(0, 1, 2, 3, 4, 10, 11);
    assertThat(read.doubts()).first().extracting(Doubt::getPageCount).isEqualTo(4L);
    assertThat(read(SECOND, THIRD).with(PageState.UNREADABLE)).containsExactly(0, 1, 2, 3, 4);
    assertThat(read(FIRST, SECOND).with(PageState.UNREADABLE)).containsExactly(9, 10, 11);
    assertThatThrownBy(() -> read(SECOND)).hasMessageMatching("(?s)PS-205 .*");
  }

  @Test
  void aChunkWithAWrongChecksumIsUnreadable() throws IOException {
    // The chunk of page 4 is stored, that of page 0 is compressed.
    Path stored = changed(FIRST, "\4\0\0\0\0\0PG", 100, bytes -> bytes[0] ^= 1);
    assertThat(read(stored, SECOND, THIRD).with(PageState.UNREADABLE)).containsExactly(4);
    Path packed = changed(FIRST, "sectors", 76 + 12, bytes -> bytes[0] ^= 1);
    assertThat(read(packed, SECOND, THIRD).with(PageState.UNREADABLE)).containsExactly(0);
  }

  @Test
  void theSecondTableReplacesADamagedOne() throws IOException {
    Path file = changed(FIRST, "table", 76 + 24, bytes -> bytes[1] ^= 1);
    assertThat(read(file, SECOND, THIRD).with(PageState.UNREADABLE)).isEmpty();
  }

  @Test
  void aDamagedSectionIsPassedOver() throws IOException {
    Path file = changed(FIRST, "sectors", 16, bytes -> bytes[0] ^= 1);
    Read read = read(file, SECOND, THIRD);
    assertThat(read.with(PageState.UNREADABLE)).isEmpty();
    assertThat(read.doubts()).extracting(Doubt::getReason).contains("skipped-header");
  }
}
