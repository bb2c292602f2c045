package io.pagestream.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files belong together, and what is said when some are missing. */
final class ImageGroupingTest {
  @TempDir Path folder;

  private final Path one = MemoryImageContract.golden("kdump-split3-1.kdump");
  private final Path two = MemoryImageContract.golden("kdump-split3-2.kdump");
  private final Path three = MemoryImageContract.golden("kdump-split3-3.kdump");
  private final Path raw = MemoryImageContract.golden("raw-ranges.raw");
  private final Path whole = MemoryImageContract.golden("kdump-zlib.kdump");

  @Test
  void partsOfASplitDumpComeTogetherInOrder() {
    assertThat(ImageGrouping.group(List.of(three, raw, one, whole, two)))
        .containsExactly(List.of(one, two, three), List.of(raw), List.of(whole));
  }

  @Test
  void aDumpThatWasSplitTwiceIsTwoImages() {
    Path half = MemoryImageContract.golden("kdump-split2-1.kdump");
    Path otherHalf = MemoryImageContract.golden("kdump-split2-2.kdump");
    assertThat(ImageGrouping.group(List.of(one, half, two, otherHalf, three)))
        .containsExactlyInAnyOrder(List.of(one, two, three), List.of(half, otherHalf));
  }

  @Test
  void whatIsLeftOverStaysTogether() {
    assertThat(ImageGrouping.group(List.of(three, one))).containsExactly(List.of(one, three));
    assertThat(ImageGrouping.group(List.of(one, two, three, two)))
        .containsExactly(List.of(one, two, three), List.of(two));
  }

  @Test
  void compressedPartsAreRecognisedToo() throws IOException {
    Path packed = folder.resolve("part");
    try (OutputStream stream = new GZIPOutputStream(Files.newOutputStream(packed))) {
      Files.copy(two, stream);
    }
    assertThat(ImageGrouping.group(List.of(three, packed, one)))
        .containsExactly(List.of(one, packed, three));
  }

  @Test
  void whatIsMissingIsNamed() {
    assertThatThrownBy(() -> open(one, three))
        .hasMessageStartingWith("PS-205 ")
        .hasMessageContaining("missing")
        .hasMessageMatching(".*0x[0-9a-f]+ to 0x[0-9a-f]+.*");
    assertThatThrownBy(() -> open(two)).hasMessageStartingWith("PS-205 ");
    assertThatThrownBy(() -> open(one, one, two, three)).hasMessageStartingWith("PS-205 ");
    assertThatThrownBy(() -> open(one, whole)).hasMessageStartingWith("PS-205 ");
  }

  @Test
  void otherImagesAreNotPartsOfOne() {
    assertThatThrownBy(() -> open(raw, raw)).hasMessageStartingWith("PS-100 ");
  }

  private static void open(Path... files) {
    MemoryImages.open(List.of(files), OpenOptions.defaults()).close();
  }
}
