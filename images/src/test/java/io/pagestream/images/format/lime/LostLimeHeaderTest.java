package io.pagestream.images.format.lime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagestream.images.MemoryImages;
import io.pagestream.images.OpenOptions;
import io.pagestream.images.OpenedImage;
import io.pagestream.images.PageReader;
import io.pagestream.images.memory.PageState;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.page.Pages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A LiME header that is lost costs its own range: all others are read at their addresses. */
final class LostLimeHeaderTest {
  private static final int RANGES = 4;
  private static final int RANGE_PAGES = 8;
  private static final int RANGE = LimeHeader.SIZE + RANGE_PAGES * Pages.SIZE;

  @TempDir private Path folder;

  private final byte[][] contents = new byte[RANGES][RANGE_PAGES * Pages.SIZE];

  LostLimeHeaderTest() {
    Random random = new Random(5);
    for (byte[] content : contents) {
      random.nextBytes(content);
    }
  }

  private static long start(int range) {
    return 0x100000L * (range + 1);
  }

  private static byte[] header(long start, long length) {
    return ByteBuffer.allocate(LimeHeader.SIZE)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(LimeFormat.MAGIC)
        .putInt(1)
        .putLong(start)
        .putLong(start + length - 1)
        .array();
  }

  private byte[] sound() {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    for (int range = 0; range < RANGES; range++) {
      file.writeBytes(header(start(range), contents[range].length));
      file.writeBytes(contents[range]);
    }
    return file.toByteArray();
  }

  @Test
  void aZeroHeaderEndsNothing() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(header(start(0), contents[0].length));
    file.writeBytes(contents[0]);
    file.writeBytes(new byte[LimeHeader.SIZE]);
    file.writeBytes(header(start(1), contents[1].length));
    file.writeBytes(contents[1]);
    Path path = Files.write(folder.resolve("zero"), file.toByteArray());
    try (OpenedImage opened = MemoryImages.open(List.of(path), OpenOptions.defaults())) {
      assertThat(opened.extents()).hasSize(2);
      assertThat(opened.facts().warnings())
          .singleElement()
          .asString()
          .contains("zero header at offset 0x8020", "32,800 bytes", "are read");
    }
  }

  @Test
  void aSoundFileHasNoDoubts() throws IOException {
    try (OpenedImage opened = open(sound())) {
      assertThat(opened.image().facts().doubts()).isEmpty();
    }
  }

  @Test
  void aZeroedHeaderCostsItsRangeAndIsNamedWithOffsetAndLength() throws IOException {
    byte[] file = sound();
    Arrays.fill(file, RANGE, RANGE + LimeHeader.SIZE, (byte) 0);
    try (OpenedImage opened = open(file)) {
      requireRead(opened, List.of(0, 2, 3));
      Doubt doubt = onlyDoubt(opened);
      assertThat(doubt.getReason()).isEqualTo("skipped-header");
      assertThat(doubt.getMessage()).contains("0x8020", "32,768 bytes", "above all others");
    }
  }

  @Test
  void theBytesBehindALostHeaderAreDoubtfulAndLieAboveAllOthers() throws IOException {
    byte[] file = sound();
    Arrays.fill(file, RANGE, RANGE + LimeHeader.SIZE, (byte) 0);
    try (OpenedImage opened = open(file)) {
      long free = start(3) + contents[3].length;
      assertThat(onlyDoubt(opened).getPhysicalAddress()).isEqualTo(free);
      requireDoubtful(opened, free, contents[1]);
    }
  }

  @Test
  void theLastHeaderMayBeLost() throws IOException {
    byte[] file = sound();
    Arrays.fill(file, 3 * RANGE, 3 * RANGE + LimeHeader.SIZE, (byte) 0);
    try (OpenedImage opened = open(file)) {
      requireRead(opened, List.of(0, 1, 2));
      requireDoubtful(opened, start(2) + contents[2].length, contents[3]);
    }
  }

  @Test
  void bytesThatFillTheGapBetweenTwoRangesAreReadThere() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    for (int range = 0; range < 3; range++) {
      file.writeBytes(header(start(0) + (long) range * contents[0].length, contents[0].length));
      file.writeBytes(contents[range]);
    }
    byte[] torn = file.toByteArray();
    Arrays.fill(torn, RANGE, RANGE + LimeHeader.SIZE, (byte) 0);
    try (OpenedImage opened = open(torn)) {
      requireDoubtful(opened, start(0) + contents[0].length, contents[1]);
      assertThat(onlyDoubt(opened).getMessage()).contains("fill the gap");
    }
  }

  private static void requireDoubtful(OpenedImage opened, long address, byte[] content) {
    Map<Long, PageReader.Page> pages = new HashMap<>();
    new PageReader(opened.image()).readAll(16, pages::put);
    for (int at = 0; at < content.length; at += Pages.SIZE) {
      PageReader.Page read = Objects.requireNonNull(pages.get(address + at));
      assertThat(read.state()).isEqualTo(PageState.DOUBTFUL);
      assertThat(read.bytes())
          .isEqualTo(ByteBuffer.wrap(Arrays.copyOfRange(content, at, at + Pages.SIZE)));
    }
  }

  @Test
  void aTornHeaderDoesTheSame() throws IOException {
    byte[] file = sound();
    Arrays.fill(file, 2 * RANGE + 3, 2 * RANGE + 20, (byte) 0x5a);
    try (OpenedImage opened = open(file)) {
      requireRead(opened, List.of(0, 1, 3));
      assertThat(onlyDoubt(opened).getReason()).isEqualTo("skipped-header");
    }
  }

  @Test
  void theFirstHeaderMayBeLost() throws IOException {
    byte[] file = sound();
    Arrays.fill(file, 8, 24, (byte) 0xff); // magic and version stay, the range is impossible
    try (OpenedImage opened = open(file)) {
      requireRead(opened, List.of(1, 2, 3));
      assertThat(onlyDoubt(opened).getReason()).isEqualTo("skipped-header");
    }
  }

  /** What is damaged of the header of a range: its magic, its version, or its last address. */
  @ParameterizedTest
  @CsvSource({"0, 0, 4", "1, 0, 4", "1, 4, 8", "1, 16, 24", "3, 16, 24"})
  void bytesAreReadWhereADamagedHeaderPlacesThem(int range, int from, int to) throws IOException {
    byte[] file = sound();
    Arrays.fill(file, range * RANGE + from, range * RANGE + to, (byte) 0xf7);
    try (OpenedImage opened = open(file)) {
      assertThat(opened.image().facts().format()).isEqualTo("lime");
      requireRead(opened, IntStream.range(0, RANGES).filter(i -> i != range).boxed().toList());
      requireDoubtful(opened, start(range), contents[range]);
      Doubt doubt = onlyDoubt(opened);
      assertThat(doubt.getReason()).isEqualTo("skipped-header");
      assertThat(doubt.getPhysicalAddress()).isEqualTo(start(range));
    }
  }

  @Test
  void aFileWithSomethingBeforeItsFirstHeaderIsNotTakenForRawMemory() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(new byte[Pages.SIZE]);
    file.writeBytes(sound());
    try (OpenedImage opened = open(file.toByteArray())) {
      requireRead(opened, List.of(0, 1, 2, 3));
      assertThat(onlyDoubt(opened).getReason()).isEqualTo("skipped-header");
    }
  }

  @Test
  void rawMemoryThatContainsALimeFileIsRawMemory() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(new byte[Pages.SIZE]);
    file.writeBytes(sound());
    file.writeBytes(new byte[3 * Pages.SIZE + Pages.SIZE - file.size() % Pages.SIZE]);
    try (OpenedImage opened = open(file.toByteArray())) {
      assertThat(opened.image().facts().format()).isEqualTo("raw");
    }
  }

  @Test
  void bytesLostBeforeAHeaderAreUnreadableAndMoveNothing() throws IOException {
    byte[] file = sound();
    int lost = 5000;
    byte[] shorter = new byte[file.length - lost];
    int at = 2 * RANGE - lost;
    System.arraycopy(file, 0, shorter, 0, at);
    System.arraycopy(file, 2 * RANGE, shorter, at, shorter.length - at);
    try (OpenedImage opened = open(shorter)) {
      requireRead(opened, List.of(0, 2, 3));
      Doubt doubt = onlyDoubt(opened);
      assertThat(doubt.getReason()).isEqualTo("skipped-header");
      assertThat(doubt.getPhysicalAddress()).isEqualTo(start(1) + 6L * Pages.SIZE);
      assertThat(doubt.getPageCount()).isEqualTo(2);
      PageReader reader = new PageReader(opened.image());
      assertThat(reader.read(start(1) + 7L * Pages.SIZE)).isEqualTo(PageState.UNREADABLE);
    }
  }

  @Test
  void aHeaderThatClaimsFarMoreThanTheFileIsPassedOver() throws IOException {
    byte[] file = sound();
    byte[] huge = header(start(1), 1L << 45);
    System.arraycopy(huge, 0, file, RANGE, huge.length);
    try (OpenedImage opened = open(file)) {
      requireRead(opened, List.of(0, 2, 3));
      assertThat(opened.image().facts().doubts())
          .extracting(Doubt::getReason)
          .contains("implausible-size");
    }
  }

  @Test
  void aFileOfHeadersIsSearchedInBoundedTime() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(header(0, Pages.SIZE));
    file.writeBytes(new byte[Pages.SIZE]);
    for (int i = 0; i < 40_000; i++) {
      file.writeBytes(header(0x1000L * (2 + i), 0x123456789L));
      file.writeBytes(new byte[] {1, 2, 3});
    }
    try (OpenedImage opened = open(file.toByteArray())) {
      assertThat(opened.image().facts().doubts()).isNotEmpty();
    } catch (PagestreamException e) {
      assertThat(e.getMessage()).startsWith("PS-20");
    }
  }

  @Test
  void anotherVersionIsRefused() {
    byte[] file = sound();
    file[4] = 2;
    assertThatThrownBy(() -> open(file)).hasMessageStartingWith("PS-201 ");
  }

  private static Doubt onlyDoubt(OpenedImage opened) {
    assertThat(opened.image().facts().doubts()).hasSize(1);
    return opened.image().facts().doubts().getFirst();
  }

  private void requireRead(OpenedImage opened, List<Integer> ranges) {
    Map<Long, PageReader.Page> pages = new HashMap<>();
    new PageReader(opened.image()).readAll(16, pages::put);
    for (int range : ranges) {
      for (int page = 0; page < RANGE_PAGES; page++) {
        PageReader.Page read =
            Objects.requireNonNull(pages.get(start(range) + Pages.address(page)));
        assertThat(read.state()).isEqualTo(PageState.PRESENT);
        assertThat(read.bytes())
            .isEqualTo(
                ByteBuffer.wrap(
                    Arrays.copyOfRange(
                        contents[range], page * Pages.SIZE, (page + 1) * Pages.SIZE)));
      }
    }
  }

  private OpenedImage open(byte[] content) throws IOException {
    Path file = Files.write(folder.resolve("a.lime"), content);
    return MemoryImages.open(List.of(file), OpenOptions.defaults());
  }
}
