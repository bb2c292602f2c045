package io.pagestream.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagestream.images.memory.PageState;
import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.schemas.doubt.DoubtReason;
import io.pagestream.schemas.page.Pages;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that belong together, and messages when some are missing. */
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
  void flattenedPartsAreRecognisedToo() throws IOException {
    Path flat = folder.resolve("flat");
    byte[] part = Files.readAllBytes(two);
    ByteBuffer flattened = ByteBuffer.allocate(4096 + 16 + part.length + 16);
    flattened.put("makedumpfile".getBytes(StandardCharsets.US_ASCII)).putLong(16, 1).putLong(24, 1);
    flattened.position(4096).putLong(0).putLong(part.length).put(part).putLong(-1).putLong(-1);
    Files.write(flat, flattened.array());
    List<List<Path>> groups = ImageGrouping.group(List.of(three, flat, one));
    assertThat(groups).containsExactly(List.of(one, flat, three));
    open(one, flat, three);
  }

  /** makedumpfile may leave a gap between parts where no page was dumped. */
  @Test
  void partsThatCoverEveryDumpedPageAreComplete() throws IOException {
    List<Path> parts = List.of(gapPart(1, 2), gapPart(2, 3), gapPart(4, 6));
    assertThat(ImageGrouping.group(parts)).containsExactly(parts);
    try (OpenedImage opened = MemoryImages.open(parts, OpenOptions.defaults())) {
      assertThat(opened.extents())
          .singleElement()
          .extracting(PhysicalExtent::physicalAddress, PhysicalExtent::pageCount)
          .containsExactly(0L, 6L);
      Map<Long, PageState> states = new HashMap<>();
      for (long frame = 0; frame < 6; frame++) {
        PageState[] state = new PageState[1];
        MemorySegment page = MemorySegment.ofBuffer(ByteBuffer.allocateDirect(Pages.SIZE));
        opened.image().read(Pages.address(frame), 1, page, state);
        states.put(frame, state[0]);
      }
      assertThat(states)
          .containsEntry(0L, PageState.EXCLUDED)
          .containsEntry(1L, PageState.PRESENT)
          .containsEntry(2L, PageState.PRESENT)
          .containsEntry(3L, PageState.EXCLUDED)
          .containsEntry(4L, PageState.PRESENT)
          .containsEntry(5L, PageState.EXCLUDED);
    }
    try (OpenedImage opened = MemoryImages.open(parts.subList(0, 2), OpenOptions.defaults())) {
      assertThat(opened.facts().doubts())
          .singleElement()
          .satisfies(doubt -> {
            assertThat(doubt.getReason()).isEqualTo(DoubtReason.MISSING_PART.word());
            assertThat(doubt.getPhysicalAddress()).isEqualTo(0x4000);
          });
      PageReader reader = new PageReader(opened.image());
      assertThat(reader.read(0x2000)).isEqualTo(PageState.PRESENT);
      assertThat(reader.read(0x3000)).isEqualTo(PageState.EXCLUDED);
      assertThat(reader.read(0x4000)).isEqualTo(PageState.UNREADABLE);
      assertThat(reader.read(0x5000)).isEqualTo(PageState.EXCLUDED);
    }
  }

  /** Part of a dump of 256 frames of which 0 to 5 exist, and 1, 2 and 4 were dumped. */
  private Path gapPart(int start, int end) throws IOException {
    ByteBuffer part = ByteBuffer.allocate(6 * 4096).order(ByteOrder.LITTLE_ENDIAN);
    part.put("KDUMP   ".getBytes(StandardCharsets.US_ASCII)).putInt(6);
    part.putInt(424, 1).putInt(428, 4096).putInt(432, 1).putInt(436, 2).putInt(440, 256);
    part.putInt(4096 + 8, 31).putInt(4096 + 12, 1).putLong(4096 + 16, start);
    part.putLong(4096 + 24, end).putLong(4096 + 64, 0x5ff0).putLong(4096 + 72, 16);
    part.putLong(4096 + 80, start).putLong(4096 + 88, end).putLong(4096 + 96, 256);
    part.put(2 * 4096, (byte) 0b11_1111).put(3 * 4096, (byte) 0b01_0110);
    part.putLong(4 * 4096, 5 * 4096).putInt(4 * 4096 + 8, 4096);
    return Files.write(folder.resolve("gap-" + start), part.array());
  }

  @Test
  void whatWasErasedOnPurposeIsSaid() throws IOException {
    List<Path> parts = List.of(gapPart(1, 2), gapPart(2, 3), gapPart(4, 6));
    try (OpenedImage opened = MemoryImages.open(parts, OpenOptions.defaults())) {
      assertThat(opened.facts().warnings())
          .singleElement()
          .asString()
          .contains("erased on purpose");
    }
  }

  @Test
  void aMissingPartCostsOnlyItsPages() {
    for (List<Path> given : List.of(List.of(one, three), List.of(two))) {
      Map<Long, PageReader.Page> whole = new HashMap<>();
      try (OpenedImage all = MemoryImages.open(List.of(one, two, three), OpenOptions.defaults())) {
        new PageReader(all.image()).readAll(64, whole::put);
      }
      try (OpenedImage opened = MemoryImages.open(given, OpenOptions.defaults())) {
        assertThat(opened.facts().doubts())
            .isNotEmpty()
            .allSatisfy(doubt ->
                assertThat(doubt.getMessage())
                    .contains("a part of the split dump is missing")
                    .containsPattern("0x[0-9a-f]+ to 0x[0-9a-f]+"));
        Set<PageState> states = new HashSet<>();
        new PageReader(opened.image())
            .readAll(
                64,
                (address, page) -> {
                  states.add(page.state());
                  if (page.state() != PageState.UNREADABLE) {
                    assertThat(page).isEqualTo(whole.get(address));
                  }
                });
        assertThat(states).contains(PageState.PRESENT, PageState.UNREADABLE);
      }
    }
  }

  @Test
  void partsThatDoNotBelongTogetherAreRefused() {
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
