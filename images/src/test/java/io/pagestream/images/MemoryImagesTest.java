package io.pagestream.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagestream.images.memory.PageState;
import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.images.rangesource.SideFileKind;
import io.pagestream.images.rangesource.SideFiles;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.RangeProvenance;
import io.pagestream.schemas.doubt.DoubtReason;
import io.pagestream.schemas.page.Pages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Formats of opened files, and messages for refused ones. */
final class MemoryImagesTest {
  @TempDir Path folder;

  @Test
  void aFileThatIsNotThereIsAnErrorOfTheUser() {
    assertThatThrownBy(() -> open(folder.resolve("none"))).hasMessageStartingWith("PS-101 ");
    assertThatThrownBy(() -> open(folder)).hasMessageStartingWith("PS-102 ");
  }

  @Test
  void anEmptyFileIsNoImage() throws IOException {
    assertThatThrownBy(() -> open(write("a.raw", new byte[0]))).hasMessageStartingWith("PS-202 ");
    assertThatThrownBy(() -> open(write("a.gz", gzip(new byte[0]))))
        .hasMessageStartingWith("PS-202 ");
  }

  @Test
  void lessThanAPageIsNoImage() throws IOException {
    assertThatThrownBy(() -> open(write("a.raw", new byte[4095])))
        .hasMessageStartingWith("PS-200 ")
        .hasMessageContaining("4095 bytes");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          MDMP,       PS-201, minidump
          hibr,       PS-201, hibernation
          QEVM,       PS-201, migration
          HPAK,       PS-201, HPAK
          %PDF-1.7,   PS-200, PDF
          GIF89a,     PS-200, GIF
          """)
  void whatIsClearlySomethingElseIsCalledByItsName(String magic, String code, String name)
      throws IOException {
    byte[] content = new byte[8 * Pages.SIZE];
    byte[] first = magic.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(first, 0, content, 0, first.length);
    Path file = write("x", content);
    assertThatThrownBy(() -> open(file))
        .hasMessageStartingWith(code + " ")
        .hasMessageContaining(name);
    try (OpenedImage forced = MemoryImages.open(List.of(file), options().withFormat("raw"))) {
      assertThat(forced.image().extents()).hasSize(1);
      assertThat(forced.doubts().getFirst().getMessage()).contains(name, "format is forced");
    }
  }

  @Test
  void textIsRefusedUnlessItIsWholePages() throws IOException {
    byte[] text = "The quick brown fox.\n".repeat(1000).getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> open(write("notes.txt", text))).hasMessageStartingWith("PS-200 ");
    try (OpenedImage opened = open(write("pages.raw", Arrays.copyOf(text, 2 * Pages.SIZE)))) {
      assertThat(opened.image().facts().format()).isEqualTo("raw");
    }
  }

  @Test
  void aRawImageIsOfUnknownKind() throws IOException {
    try (OpenedImage opened = open(write("a.raw", new byte[3 * Pages.SIZE]))) {
      assertThat(opened.image().extents())
          .containsExactly(
              new PhysicalExtent(0, 3, RangeKind.UNKNOWN, RangeProvenance.DEFAULT, ""));
      assertThat(opened.files().getFirst().content()).isEmpty();
    }
  }

  @Test
  void aWrappedImageLeavesNothingBehindAndKnowsItsHash() throws IOException {
    Path scratch = folder.resolve("scratch");
    Path file = write("a", gzip(gzip(new byte[1 << 20])));
    try (OpenedImage opened =
        MemoryImages.open(List.of(file), options().withScratchDirectory(scratch))) {
      assertThat(opened.image().facts().wrapping()).containsExactly("gzip", "gzip");
      assertThat(opened.files().getFirst().content().orElseThrow().sha256()).hasSize(64);
      assertThat(opened.image().extents().getFirst().pageCount()).isEqualTo(256);
    }
    try (Stream<Path> left = Files.list(scratch)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void wrappingMoreThanTwiceIsRefused() throws IOException {
    Path file = write("a", gzip(gzip(gzip(new byte[1 << 20]))));
    assertThatThrownBy(() -> open(file)).hasMessageStartingWith("PS-201 ");
  }

  @Test
  void aCutWrappingGivesWhatThereIsAndSaysSo() throws IOException {
    byte[] noise = new byte[64 * Pages.SIZE];
    new Random(7).nextBytes(noise);
    byte[] packed = gzip(noise);
    try (OpenedImage opened = open(write("a", Arrays.copyOf(packed, packed.length / 2)))) {
      assertThat(opened.image().extents().getFirst().pageCount()).isBetween(25L, 40L);
      assertThat(opened.image().facts().doubts())
          .extracting(Doubt::getReason)
          .contains("truncated");
      assertThat(opened.image().facts().doubts().toString()).contains("gzip", "is truncated");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{}",
        "{\"ranges\":[]}",
        "{\"ranges\":[{}]}",
        "{\"ranges\":[{\"physicalAddress\":0,\"length\":4096,\"fileOffset\":0,\"kind\":\"rom\"}]}",
        "{\"ranges\":[{\"physicalAddress\":0,\"length\":-1,\"fileOffset\":0,\"kind\":\"ram\"}]}",
        "{\"ranges\":[{\"physicalAddress\":1,\"length\":4096,\"fileOffset\":0,\"kind\":\"ram\"}]}",
        "{\"ranges\":[{\"physicalAddress\":0,\"length\":9223372036854775807,"
            + "\"fileOffset\":0,\"kind\":\"ram\"}]}",
        "{\"ranges\":[{\"physicalAddress\":0,\"length\":1.5,\"fileOffset\":0,\"kind\":\"ram\"}]}",
        "{\"ranges\":[{\"physicalAddress\":0,\"length\":4096,\"fileOffset\":0,\"kind\":\"ram\","
            + "\"more\":1}]}",
        "{\"ranges\":[{\"physicalAddress\":0,\"length\":8192,\"fileOffset\":0,\"kind\":\"ram\"},"
            + "{\"physicalAddress\":4096,\"length\":4096,\"fileOffset\":0,\"kind\":\"ram\"}]}",
        "{\"ranges\":[{\"physicalAddress\":0,\"length\":4096,\"fileOffset\":0,\"kind\":\"ram\"}]} x",
        "no json"
      })
  void aSlipInASideFileIsRefused(String json) throws IOException {
    Path sideFile = write("side.json", json.getBytes(StandardCharsets.UTF_8));
    Path image = write("a.raw", new byte[4 * Pages.SIZE]);
    assertThatThrownBy(() ->
            MemoryImages.open(
                List.of(image),
                options().withSideFiles(SideFiles.NONE.with(SideFileKind.RANGES, sideFile))))
        .hasMessageStartingWith("PS-104 ")
        .hasMessageContaining("side.json");
  }

  @Test
  void rangesBeyondTheFileAreUnreadable() throws IOException {
    String json =
        "{\"ranges\":[{\"physicalAddress\":8192,\"length\":12288,\"fileOffset\":4096,"
            + "\"kind\":\"frame-buffer\"}]}";
    Path image = write("a.raw", new byte[3 * Pages.SIZE]);
    write("a.raw.ranges.json", json.getBytes(StandardCharsets.UTF_8));
    try (OpenedImage opened = open(image)) {
      PageReader reader = new PageReader(opened.image());
      assertThat(reader.read(8192)).isEqualTo(PageState.PRESENT);
      assertThat(reader.read(16384)).isEqualTo(PageState.UNREADABLE);
      assertThat(opened.image().extents().getFirst().kind()).isEqualTo(RangeKind.FRAME_BUFFER);
      assertThat(opened.image().facts().doubts())
          .containsExactly(
              DoubtReason.TRUNCATED.of(
                  16384, 1, opened.image().facts().doubts().getFirst().getMessage()));
    }
  }

  @Test
  void theSideFileOfAWrappedImageMayBeNamedAfterWhatIsInIt() throws IOException {
    String json =
        "{\"ranges\":[{\"physicalAddress\":8192,\"length\":4096,\"fileOffset\":0,"
            + "\"kind\":\"ram\"}]}";
    Path image = write("a.raw.gz", gzip(new byte[3 * Pages.SIZE]));
    write("a.raw.ranges.json", json.getBytes(StandardCharsets.UTF_8));
    try (OpenedImage opened = open(image)) {
      assertThat(opened.image().extents().getFirst().physicalAddress()).isEqualTo(8192);
    }
  }

  @Test
  void anUnknownFormatNameListsTheKnownOnes() throws IOException {
    Path image = write("a.raw", new byte[Pages.SIZE]);
    assertThatThrownBy(() -> MemoryImages.open(List.of(image), options().withFormat("vmdk")))
        .hasMessageStartingWith("PS-100 ")
        .hasMessageContaining("lime, elf, kdump, crashdump, avml, qemu, qcow2, ewf, aff4, raw");
  }

  @Test
  void formatsAreForcedOnlyOnWhatTheyAre() throws IOException {
    Path image = write("a.raw", new byte[64 * Pages.SIZE]);
    for (String format : List.of("lime", "elf", "kdump")) {
      assertThatThrownBy(() -> MemoryImages.open(List.of(image), options().withFormat(format)))
          .hasMessageStartingWith("PS-204 ");
    }
  }

  private OpenedImage open(Path file) {
    return MemoryImages.open(List.of(file), options());
  }

  private OpenOptions options() {
    return OpenOptions.defaults().withScratchDirectory(folder);
  }

  private Path write(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream stream = new GZIPOutputStream(packed)) {
      stream.write(content);
    }
    return packed.toByteArray();
  }
}
