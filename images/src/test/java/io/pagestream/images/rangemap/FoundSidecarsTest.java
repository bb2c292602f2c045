package io.pagestream.images.rangemap;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.images.MemoryImages;
import io.pagestream.images.OpenOptions;
import io.pagestream.images.OpenedImage;
import io.pagestream.images.rangesource.SideFileKind;
import io.pagestream.images.rangesource.SideFiles;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.page.Pages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FoundSidecarsTest {
  private static final String DEVICE = "00002000-00003fff : PCI Bus 0000:00\n";

  @TempDir private Path folder;

  private Path image;

  @BeforeEach
  void writeImage() throws IOException {
    image = Files.write(folder.resolve("m.raw"), new byte[8 * Pages.SIZE]);
  }

  @Test
  void aSidecarThatChangesTheMapIsNamedWithTheChangedAddresses() throws IOException {
    Path sidecar = Files.writeString(folder.resolve("m.raw.iomem"), DEVICE);
    List<Doubt> doubts = doubts(OpenOptions.defaults());
    assertThat(doubts)
        .singleElement()
        .satisfies(doubt -> {
          assertThat(doubt.getReason()).isEqualTo("sidecar-found");
          assertThat(doubt.getPhysicalAddress()).isEqualTo(0x2000);
          assertThat(doubt.getPageCount()).isEqualTo(2);
          assertThat(doubt.getMessage())
              .contains("m.raw.iomem", "--iomem " + sidecar, "--ignore-sidecars");
        });
  }

  @Test
  void aSidecarThatWasGivenOrIsIgnoredIsNoDoubt() throws IOException {
    Path sidecar = Files.writeString(folder.resolve("m.raw.iomem"), DEVICE);
    SideFiles given = SideFiles.NONE.with(SideFileKind.IOMEM, sidecar);
    assertThat(doubts(OpenOptions.defaults().withSideFiles(given))).isEmpty();
    assertThat(doubts(OpenOptions.defaults().withoutFoundSideFiles())).isEmpty();
  }

  @Test
  void aSidecarThatChangesNothingIsNoDoubt() throws IOException {
    Files.writeString(
        folder.resolve("m.raw.ranges.json"),
        "{\"ranges\":[{\"physicalAddress\":0,\"length\":32768,\"kind\":\"unknown\"}]}");
    assertThat(doubts(OpenOptions.defaults())).isEmpty();
  }

  @Test
  void aSidecarThatCannotBeReadIsNamedAndKeepsNoImageFromBeingRead() throws IOException {
    Path sidecar = Files.writeString(folder.resolve("m.raw.iomem"), "\u0000 no resource tree");
    requireNotUsed("m.raw.iomem");
    Files.delete(sidecar);
    Files.writeString(folder.resolve("m.raw.ranges.json"), "{\"ranges\":");
    requireNotUsed("m.raw.ranges.json");
  }

  private void requireNotUsed(String sidecar) {
    try (OpenedImage opened = MemoryImages.open(List.of(image), OpenOptions.defaults())) {
      assertThat(opened.image().extents()).hasSize(1);
      assertThat(opened.sideFiles().all()).isEmpty();
      assertThat(opened.image().facts().doubts())
          .singleElement()
          .satisfies(doubt -> {
            assertThat(doubt.getReason()).isEqualTo("sidecar-found");
            assertThat(doubt.getMessage()).contains(sidecar, "is not used", "--ignore-sidecars");
          });
    }
  }

  @Test
  void aSidecarThatMovesBytesConcernsAllOfThem() throws IOException {
    Files.writeString(
        folder.resolve("m.raw.ranges.json"),
        "{\"ranges\":[{\"physicalAddress\":65536,\"length\":8192,\"fileOffset\":0,"
            + "\"kind\":\"unknown\"}]}");
    assertThat(doubts(OpenOptions.defaults()))
        .extracting(Doubt::getPhysicalAddress)
        .containsExactly(65536L);
  }

  @Test
  void registersThatWereFoundAreNamedToo() throws IOException {
    Files.writeString(
        folder.resolve("m.raw.mtrr"),
        "reg00: base=0x000000000 (    0MB), size=  256MB, count=1: write-back\n");
    assertThat(doubts(OpenOptions.defaults()))
        .singleElement()
        .satisfies(doubt -> assertThat(doubt.getMessage()).contains("m.raw.mtrr", "--mtrr"));
  }

  private List<Doubt> doubts(OpenOptions options) {
    try (OpenedImage opened = MemoryImages.open(List.of(image), options)) {
      return opened.doubts();
    }
  }
}
