package io.pagestream.images.format.avml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.pagestream.images.MemoryImages;
import io.pagestream.images.OpenOptions;
import io.pagestream.images.OpenedImage;
import io.pagestream.images.memory.MemoryImage;
import io.pagestream.images.memory.PageState;
import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.page.Pages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Blocks of AVML that are damaged, truncated or overlap, and reading in any order. */
final class AvmlFormatTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");

  /** The first block holds pages 1 to 40 in three chunks, of which the second is stored. */
  private static final int FIRST_PAGES = 40;

  @TempDir private Path folder;

  /**
   * The outcome of reading a file.
   *
   * @param states the state of each page by its frame
   * @param doubts reasons and addresses
   */
  private record Read(Map<Long, PageState> states, List<Doubt> doubts) {
    long with(PageState state) {
      return states.values().stream().filter(state::equals).count();
    }
  }

  private static Read read(Path file) {
    try (OpenedImage opened = MemoryImages.open(List.of(file), OpenOptions.defaults());
        Arena arena = Arena.ofConfined()) {
      MemoryImage image = opened.image();
      MemorySegment page = arena.allocate(Pages.SIZE);
      PageState[] state = new PageState[1];
      Map<Long, PageState> states = new TreeMap<>();
      for (PhysicalExtent extent : image.extents()) {
        for (long n = 0; n < extent.pageCount(); n++) {
          long address = extent.physicalAddress() + Pages.address(n);
          image.read(address, 1, page, state);
          long frame = Pages.frameNumber(address);
          states.put(frame, state[0]);
          if (state[0] == PageState.PRESENT) {
            assertThat(page.get(ValueLayout.JAVA_LONG, 8)).isEqualTo(frame + 0x4750000000000000L);
          }
        }
      }
      return new Read(states, List.copyOf(image.facts().doubts()));
    }
  }

  private byte[] golden() throws IOException {
    return Files.readAllBytes(GOLDEN.resolve("avml.avml"));
  }

  private Read read(byte[] bytes) throws IOException {
    return read(Files.write(folder.resolve("a.avml"), bytes));
  }

  @Test
  void aWholeImageHasNoDoubts() throws IOException {
    Read read = read(golden());
    assertThat(read.doubts()).isEmpty();
    assertThat(read.with(PageState.PRESENT)).isEqualTo(FIRST_PAGES + 3);
  }

  @Test
  void pagesAreTheSameInAnyOrder() throws IOException {
    try (OpenedImage opened =
            MemoryImages.open(List.of(GOLDEN.resolve("avml.avml")), OpenOptions.defaults());
        Arena arena = Arena.ofConfined()) {
      MemorySegment pages = arena.allocate(4L * Pages.SIZE);
      PageState[] states = new PageState[4];
      Random random = new Random(1);
      for (int n = 0; n < 500; n++) {
        int count = 1 + random.nextInt(4);
        long frame = 1L + random.nextInt(FIRST_PAGES - count + 1);
        opened.image().read(Pages.address(frame), count, pages, states);
        for (int i = 0; i < count; i++) {
          assertThat(states[i]).isEqualTo(PageState.PRESENT);
          assertThat(pages.get(ValueLayout.JAVA_LONG, (long) i * Pages.SIZE))
              .isEqualTo(frame + i + 0x4750000000000000L);
        }
      }
    }
  }

  @Test
  void aWrongChecksumMakesTheChunksPagesUnreadable() throws IOException {
    byte[] bytes = golden();
    bytes[32 + 10 + 4] ^= 1; // the checksum of the first chunk: 16 pages
    Read read = read(bytes);
    assertThat(read.with(PageState.UNREADABLE)).isEqualTo(16);
    assertThat(read.with(PageState.PRESENT)).isEqualTo(FIRST_PAGES + 3 - 16);
  }

  @Test
  void afterADamagedChunkTheNextBlockIsFound() throws IOException {
    byte[] bytes = golden();
    bytes[32 + 10] = 0x11; // a type that readers must not skip
    Read read = read(bytes);
    assertThat(read.with(PageState.UNREADABLE)).isEqualTo(FIRST_PAGES);
    assertThat(read.with(PageState.PRESENT)).isEqualTo(3);
    assertThat(read.doubts())
        .extracting(Doubt::getReason, Doubt::getPhysicalAddress, Doubt::getPageCount)
        .contains(tuple("skipped-header", 0x1000L, (long) FIRST_PAGES));
  }

  @Test
  void ofATruncatedFileTheWholeChunksRemain() throws IOException {
    byte[] bytes = golden();
    Read read = read(Arrays.copyOf(bytes, bytes.length - 20));
    assertThat(read.with(PageState.PRESENT)).isEqualTo(FIRST_PAGES);
    assertThat(read.with(PageState.UNREADABLE)).isEqualTo(3);
    assertThat(read.doubts())
        .extracting(Doubt::getReason, Doubt::getPhysicalAddress, Doubt::getPageCount)
        .containsExactly(tuple("truncated", 0x40000L, 3L));
  }

  @Test
  void aHeaderThatClaimsLessThanItsStreamHoldsIsDoubted() throws IOException {
    byte[] bytes = golden();
    bytes[16 + 1] = (byte) (bytes[16 + 1] - 0x10); // the last address, one page less
    Read read = read(bytes);
    assertThat(read.doubts()).extracting(Doubt::getReason).contains("header-contradiction");
    assertThat(read.with(PageState.PRESENT)).isEqualTo(FIRST_PAGES - 1 + 3);
  }

  @Test
  void ofOverlappingBlocksTheFirstIsUsed() throws IOException {
    byte[] bytes = golden();
    byte[] twice = Arrays.copyOf(bytes, 2 * bytes.length);
    System.arraycopy(bytes, 0, twice, bytes.length, bytes.length);
    Read read = read(twice);
    assertThat(read.with(PageState.PRESENT)).isEqualTo(FIRST_PAGES + 3);
    assertThat(read.doubts()).extracting(Doubt::getReason).containsExactly("overlapping-ranges");
  }

  @Test
  void aWrongTrailerIsDoubted() throws IOException {
    byte[] bytes = golden();
    bytes[bytes.length - 8] ^= 1;
    Read read = read(bytes);
    assertThat(read.doubts()).extracting(Doubt::getReason).containsExactly("header-contradiction");
    assertThat(read.with(PageState.PRESENT)).isEqualTo(FIRST_PAGES + 3);
  }

  @Test
  void doubtsAboutTheCompressedFileAroundItStay() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(golden());
    }
    byte[] bytes = packed.toByteArray();
    bytes[bytes.length - 8] ^= 1; // the CRC-32 of the gzip member
    Read read = read(bytes);
    assertThat(read.doubts()).extracting(Doubt::getReason).containsExactly("gzip-crc");
    assertThat(read.with(PageState.PRESENT)).isEqualTo(FIRST_PAGES + 3);
  }
}
