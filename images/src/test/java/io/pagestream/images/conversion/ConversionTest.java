package io.pagestream.images.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagestream.images.ImageFormats;
import io.pagestream.images.MemoryImages;
import io.pagestream.images.OpenOptions;
import io.pagestream.images.OpenedImage;
import io.pagestream.images.PageReader;
import io.pagestream.images.memory.PageState;
import io.pagestream.images.rangesource.SideFileKind;
import io.pagestream.images.rangesource.SideFiles;
import io.pagestream.images.writing.ImageWriter;
import io.pagestream.images.writing.Losses;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A converted image holds the same pages at the same addresses. */
class ConversionTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final List<String> IMAGES =
      List.of(
          "raw-identity-tail.raw",
          "raw-ranges.raw",
          "lime-partial.lime",
          "elf64-excluded.elf",
          "kdump-mixed-excluded.kdump",
          "kdump-zstd.kdump",
          "avml.avml",
          "crash-bitmap64.dmp",
          "wrap-xz.raw.xz");

  @TempDir private Path folder;

  static Stream<Arguments> conversions() {
    return IMAGES.stream()
        .flatMap(image ->
            ImageFormats.writers().stream()
                .map(writer -> Arguments.of(image, writer.format().name())));
  }

  @ParameterizedTest(name = "{0} to {1}")
  @MethodSource("conversions")
  void aConvertedImageHoldsTheSamePages(String image, String format) throws Exception {
    Path out = folder.resolve("out");
    ImageWriter writer = writer(format);
    Map<Long, PageReader.Page> before;
    try (OpenedImage source = MemoryImages.open(List.of(GOLDEN.resolve(image)), options())) {
      before = pages(source);
      ConvertedImage converted = Conversion.convert(source, writer, out, ConversionProgress.NONE);
      assertThat(converted.pages().all()).isEqualTo(before.size());
      assertThat(converted.bytes()).isEqualTo(Files.size(out));
    }
    try (OpenedImage copy = MemoryImages.open(List.of(out), optionsFor(out))) {
      Map<Long, PageReader.Page> after = pages(copy);
      before.forEach((address, page) -> {
        if (page.state().hasBytes()) {
          assertThat(page(after, address).bytes()).isEqualTo(page.bytes());
          assertThat(page(after, address).state()).isEqualTo(PageState.PRESENT);
        } else if (writer.format().losses() == Losses.NONE) {
          assertThat(page(after, address).state()).isEqualTo(PageState.EXCLUDED);
        } else {
          assertThat(after).doesNotContainKey(address);
        }
      });
      after.forEach((address, page) -> {
        if (page.state().hasBytes()) {
          assertThat(page(before, address).state().hasBytes()).isTrue();
        }
      });
    }
  }

  @Test
  void theKernelsDescriptionAndTheReleaseAreKept() throws Exception {
    for (String format : List.of("elf", "kdump")) {
      Path out = folder.resolve(format);
      try (OpenedImage source =
          MemoryImages.open(List.of(GOLDEN.resolve("kdump-zlib.kdump")), options())) {
        Conversion.convert(source, writer(format), out, ConversionProgress.NONE);
        try (OpenedImage copy = MemoryImages.open(List.of(out), options())) {
          assertThat(copy.facts().machine().vmcoreInfo())
              .isPresent()
              .isEqualTo(source.facts().machine().vmcoreInfo());
          assertThat(copy.facts().machine().kernelRelease())
              .isEqualTo(source.facts().machine().kernelRelease());
        }
      }
    }
  }

  /** LiME src/lime.h: magic, version, first and last address, eight bytes of zero. */
  @Test
  void limeHeadersHaveTheDocumentedBytes() throws Exception {
    Path raw = Files.write(folder.resolve("two.raw"), new byte[8192]);
    Path out = folder.resolve("two.lime");
    convert(raw, "lime", out);
    byte[] bytes = Files.readAllBytes(out);
    assertThat(bytes).hasSize(32 + 8192);
    assertThat(HexFormat.of().formatHex(bytes, 0, 32))
        .isEqualTo(
            "454d694c01000000" + "0000000000000000" + "ff1f000000000000" + "0000000000000000");
  }

  /**
   * AVML src/image.rs, google/snappy framing_format.txt: the header, the stream identifier, one
   * chunk with the masked CRC-32C of 4,096 zeros, and the length of the stream.
   */
  @Test
  void avmlBlocksHaveTheDocumentedBytes() throws Exception {
    Path raw = Files.write(folder.resolve("one.raw"), new byte[4096]);
    Path out = folder.resolve("one.avml");
    convert(raw, "avml", out);
    byte[] bytes = Files.readAllBytes(out);
    assertThat(HexFormat.of().formatHex(bytes, 0, 42))
        .isEqualTo(
            "41564d4c02000000"
                + "0000000000000000"
                + "ff0f000000000000"
                + "0000000000000000"
                + "ff060000734e61507059");
    assertThat(bytes[42]).isZero(); // a compressed chunk
    // CRC-32C of 4,096 zeros is 0x98f94189, from an independent table-driven implementation.
    int crc = 0x98f94189;
    int masked = (crc >>> 15 | crc << 17) + 0xa282ead8;
    assertThat(HexFormat.of().formatHex(bytes, 46, 50))
        .isEqualTo("%08x".formatted(Integer.reverseBytes(masked)));
    assertThat(HexFormat.of().formatHex(bytes, bytes.length - 8, bytes.length))
        .isEqualTo("%016x".formatted(Long.reverseBytes(bytes.length - 32 - 8)));
  }

  @Test
  void anExistingFileIsNeverReplaced() throws Exception {
    Path raw = Files.write(folder.resolve("one.raw"), new byte[4096]);
    assertThatThrownBy(() -> convert(raw, "lime", raw))
        .isInstanceOfSatisfying(
            PagestreamException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.OUTPUT_EXISTS));
    assertThat(Files.size(raw)).isEqualTo(4096);
  }

  @Test
  void anInterruptedConversionLeavesNothing() throws IOException {
    Path raw = Files.write(folder.resolve("one.raw"), new byte[1 << 20]);
    Path out = folder.resolve("out.kdump");
    try (OpenedImage source = MemoryImages.open(List.of(raw), options())) {
      assertThatThrownBy(() ->
              Conversion.convert(
                  source,
                  writer("kdump"),
                  out,
                  (step, pages) -> {
                    if (step == ConversionStep.READ_BACK) {
                      throw new IllegalStateException("stopped");
                    }
                  }))
          .hasMessage("stopped");
    }
    assertThat(out).doesNotExist();
  }

  private void convert(Path image, String format, Path out) throws InterruptedException {
    try (OpenedImage source = MemoryImages.open(List.of(image), options())) {
      Conversion.convert(source, writer(format), out, ConversionProgress.NONE);
    }
  }

  private OpenOptions options() {
    return OpenOptions.defaults().withScratchDirectory(folder);
  }

  private OpenOptions optionsFor(Path file) {
    Path sidecar = folder.resolve(file.getFileName() + ".ranges.json");
    return Files.exists(sidecar)
        ? options()
            .withFormat("raw")
            .withSideFiles(SideFiles.NONE.with(SideFileKind.RANGES, sidecar))
        : options();
  }

  private static ImageWriter writer(String name) {
    return ImageFormats.writers().stream()
        .filter(writer -> writer.format().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static PageReader.Page page(Map<Long, PageReader.Page> pages, long address) {
    return Objects.requireNonNull(pages.get(address), () -> "no page at " + address);
  }

  private static Map<Long, PageReader.Page> pages(OpenedImage opened) {
    Map<Long, PageReader.Page> pages = new TreeMap<>();
    new PageReader(opened.image()).readAll(64, pages::put);
    return pages;
  }
}
