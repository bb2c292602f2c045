package io.pagestream.producer.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.pagestream.images.memory.ImageFacts;
import io.pagestream.images.memory.MemoryImage;
import io.pagestream.images.memory.PageState;
import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.avro.MappingSpan;
import io.pagestream.schemas.avro.PageCounts;
import io.pagestream.schemas.avro.PageReference;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.PageStreamRecord;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.RangeProvenance;
import io.pagestream.schemas.codec.RecordCodec;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.page.PageBitmap;
import io.pagestream.schemas.page.Pages;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Runs beside gaps, failed reads and borders, and runs that are read alone. */
class RunReaderEdgesTest {
  private static final int RUN_PAGES = 4;

  /** Names the frame of every page in a span of its own. */
  private static final MappingSource FRAMES =
      (address, pages) ->
          IntStream.range(0, pages)
              .mapToObj(page ->
                  MappingSpan.newBuilder()
                      .setFirstPage(page)
                      .setPageCount(1)
                      .setMappings((int) Pages.frameNumber(address) + page)
                      .build())
              .toList();

  /**
   * Pages by the letters of a text, from frame 16 on: {@code b} bytes, {@code 0} zeros, {@code x}
   * left out, {@code !} a page that makes its read fail, and a space where the image has nothing.
   * The file stores pages at their addresses, and those from frame 22 on behind a gap.
   */
  private record Drawn(String pages) implements MemoryImage {
    private static final int FIRST = 16;
    private static final int GAP_AT = 22;
    private static final long GAP_BYTES = 0x8000;

    @Override
    public ImageFacts facts() {
      return ImageFacts.of("drawn");
    }

    @Override
    public List<PhysicalExtent> extents() {
      List<PhysicalExtent> extents = new ArrayList<>();
      int at = FIRST;
      for (String stretch : pages.split(" ", -1)) {
        if (!stretch.isEmpty()) {
          extents.add(
              new PhysicalExtent(
                  Pages.address(at),
                  stretch.length(),
                  RangeKind.RAM,
                  RangeProvenance.CONTAINER,
                  ""));
        }
        at += stretch.length() + 1;
      }
      return extents;
    }

    @Override
    public void read(long address, int count, MemorySegment destination, PageState[] states) {
      destination.asSlice(0, Pages.address(count)).fill((byte) 0xee);
      int first = (int) Pages.frameNumber(address) - FIRST;
      for (int i = 0; i < count; i++) {
        char page = pages.charAt(first + i);
        if (page == '!') {
          throw PagestreamException.of(ErrorCode.FILE_NOT_READABLE, "a bad sector", "copy it");
        }
        states[i] = page == 'x' ? PageState.EXCLUDED : PageState.PRESENT;
        byte content = (byte) (page == 'b' ? FIRST + first + i : 0);
        destination.asSlice(Pages.address(i), Pages.SIZE).fill(content);
      }
    }

    @Override
    public long fileOffsetOf(long address) {
      return address + (Pages.frameNumber(address) < GAP_AT ? 0 : GAP_BYTES);
    }

    @Override
    public void close() {}
  }

  @Test
  void aRunThatIsReadAloneIsTheSameAsTheOneReadInOrder() {
    String pages = "bbb00bbxb0bbbbbbb bb0bbbxbbb0";
    for (PayloadMode mode : PayloadMode.values()) {
      List<PageRun> inOrder = new ArrayList<>();
      try (RunReader reader = reader(pages, 512, 2 * Pages.SIZE, mode)) {
        while (reader.hasNext()) {
          inOrder.add(reader.next("image", new PageCounts()));
        }
      }
      assertThat(inOrder).hasSize(8);
      for (int first = 0; first < inOrder.size(); first++) {
        try (RunReader reader = reader(pages, 512, 2 * Pages.SIZE, mode)) {
          for (int run = first; run < inOrder.size(); run += 3) {
            assertThat(reader.at(run, "image", new PageCounts())).isEqualTo(inOrder.get(run));
          }
        }
      }
    }
  }

  @Test
  void aRunBeforeTheNextOneIsRefused() {
    try (RunReader reader = reader("bbbbbbbb", 512, 4096, PayloadMode.INLINE)) {
      assertThat(reader.at(1, "image", new PageCounts()).getRunIndex()).isEqualTo(1);
      assertThat(reader.hasNext()).isFalse();
      assertThatThrownBy(() -> reader.at(1, "image", new PageCounts()))
          .hasMessage("run 1 is before run 2");
    }
  }

  @Test
  void skippedRunsAreNotCounted() {
    PageCounts counts = new PageCounts();
    try (RunReader reader = reader("bbbbb0xb", 512, 4096, PayloadMode.INLINE)) {
      var unusedRun = reader.at(1, "image", counts);
    }
    assertThat(counts)
        .isEqualTo(PageCounts.newBuilder().setMapped(2).setZero(1).setExcluded(1).build());
  }

  @Test
  void thePagesOfAFailedReadAreUnreadableAndHoldNothing() {
    PageCounts counts = new PageCounts();
    try (RunReader reader = reader("b!b0 bb", 512, 4096, PayloadMode.INLINE)) {
      PageRun failed = reader.next("image", counts);
      assertThat(PageBitmap.count(failed.getUnreadablePages())).isEqualTo(4);
      assertThat(failed.getPages().remaining()).isZero();
      assertThat(reader.next("image", counts).getPages().remaining()).isEqualTo(2 * Pages.SIZE);
      assertThat(reader.warnings())
          .singleElement()
          .asString()
          .contains("4 pages from physical address 0x10000 could not be read", "a bad sector");
      assertThat(reader.doubts(List.of()))
          .extracting(Doubt::getPhysicalAddress, Doubt::getPageCount)
          .containsExactly(tuple(0x10000L, 4L));
    }
    assertThat(counts).isEqualTo(PageCounts.newBuilder().setMapped(2).setUnreadable(4).build());
  }

  @Test
  void aPageThatWasReadAsLookAheadSurvivesAFailedReadOfItsRun() {
    try (RunReader reader = reader("bbbbb!bb", 512, 4096, PayloadMode.INLINE)) {
      assertThat(reader.next("image", new PageCounts()).getLookAhead().remaining()).isEqualTo(4096);
      PageRun run = reader.next("image", new PageCounts());
      assertThat(run.getPages().remaining()).isEqualTo(Pages.SIZE);
      assertThat(run.getPages().get(0)).isEqualTo((byte) 20);
      assertThat(PageBitmap.isSet(run.getUnreadablePages(), 0)).isFalse();
      assertThat(PageBitmap.count(run.getUnreadablePages())).isEqualTo(3);
      assertThat(reader.warnings())
          .singleElement()
          .asString()
          .contains("3 pages from physical address 0x15000");
    }
  }

  @Test
  void mappingsOfThePageBeforeAndOfTheLookAheadTravelWithTheRun() {
    try (RunReader reader = reader("bbbbbbbbbb bb", 512, Pages.SIZE + 1, PayloadMode.INLINE)) {
      PageRun first = reader.next("image", new PageCounts());
      assertThat(first.getMappingBefore()).isNull();
      assertThat(first.getMappings())
          .extracting(MappingSpan::getMappings)
          .containsExactly(16, 17, 18, 19);
      assertThat(first.getMappingsAfter())
          .extracting(MappingSpan::getFirstPage, MappingSpan::getMappings)
          .containsExactly(tuple(4, 20), tuple(5, 21));
      PageRun second = reader.next("image", new PageCounts());
      assertThat(second.getMappingBefore())
          .isEqualTo(
              MappingSpan.newBuilder().setFirstPage(-1).setPageCount(1).setMappings(19).build());
      PageRun third = reader.next("image", new PageCounts());
      assertThat(third.getMappingsAfter()).as("before a gap").isEmpty();
      PageRun behindGap = reader.next("image", new PageCounts());
      assertThat(behindGap.getMappingBefore()).isNull();
    }
  }

  @Test
  void theLookAheadEndsWithItsBoundOrBeforeThePageWithoutBytes() {
    assertThat(lookAhead("bbbbbbb", 100)).isEqualTo(100);
    assertThat(lookAhead("bbbbbbb", Pages.SIZE + 100)).isEqualTo(Pages.SIZE + 100);
    assertThat(lookAhead("bbbbbxb", Pages.SIZE + 100)).isEqualTo(Pages.SIZE);
    assertThat(lookAhead("bbbbxbb", Pages.SIZE + 100)).isZero();
    assertThat(lookAhead("bbbb", Pages.SIZE + 100)).isZero();
    assertThat(lookAhead("bbbb bbb", Pages.SIZE + 100)).isZero();
  }

  @Test
  void theLookAheadIsShownOnlyWhereAnArtifactCanReachIntoIt() {
    assertThat(lookAhead("bbbxbbb", 2 * Pages.SIZE)).as("after a page left out").isZero();
    assertThat(lookAhead("bbb0bbb", Pages.SIZE))
        .as("a zero page before bytes")
        .isEqualTo(Pages.SIZE);
    assertThat(lookAhead("bbb00bb", Pages.SIZE)).as("too far from bytes").isZero();
    assertThat(lookAhead("bbb00bb", 2 * Pages.SIZE)).as("within reach").isEqualTo(2 * Pages.SIZE);
    assertThat(lookAhead("bb000bb", 2 * Pages.SIZE)).as("too far from bytes").isZero();
    assertThat(lookAhead("bx000bb", 3 * Pages.SIZE)).as("a gap between").isZero();
    assertThat(lookAhead("b0000bbb", 5 * Pages.SIZE))
        .as("the first page of the run reaches beyond it")
        .isEqualTo(4 * Pages.SIZE);
    assertThat(lookAhead("00000bbb", 5 * Pages.SIZE)).as("a run of zero pages").isZero();
  }

  @Test
  void theLookBehindIsTheEndOfThePageBefore() {
    try (RunReader reader = reader("bbbbbbbxbb", 8, 4096, PayloadMode.INLINE)) {
      assertThat(reader.next("image", new PageCounts()).getLookBehind().remaining()).isZero();
      PageRun second = reader.next("image", new PageCounts());
      assertThat(second.getLookBehind().remaining()).isEqualTo(8);
      assertThat(second.getLookBehind().get(0)).isEqualTo((byte) 19);
      PageRun third = reader.next("image", new PageCounts());
      assertThat(third.getLookBehind().remaining()).as("after a page left out").isZero();
    }
  }

  @Test
  void aLookAheadThatEndsWithinAPageIsCarriedEvenByReference() {
    try (RunReader reader = reader("bbbbbb", 512, Pages.SIZE + 1, PayloadMode.REFERENCE)) {
      PageRun run = reader.next("image", new PageCounts());
      assertThat(run.getPages().remaining()).isZero();
      assertThat(run.getLookAheadReferences()).isEmpty();
      assertThat(run.getLookAhead().remaining()).isEqualTo(Pages.SIZE + 1);
    }
    try (RunReader reader = reader("bbbbbb", 512, 2 * Pages.SIZE, PayloadMode.REFERENCE)) {
      PageRun run = reader.next("image", new PageCounts());
      assertThat(run.getLookAhead().remaining()).isZero();
      assertThat(run.getLookAheadReferences())
          .singleElement()
          .satisfies(reference -> {
            assertThat(reference.getFirstPage()).isEqualTo(4);
            assertThat(reference.getPageCount()).isEqualTo(2);
            assertThat(reference.getFileOffset()).isEqualTo(Pages.address(20));
          });
    }
  }

  @Test
  void pagesThatFollowEachOtherInTheRunAndInTheFileAreOneReference() {
    try (RunReader reader = reader("bb0bbbbb", 512, 4096, PayloadMode.REFERENCE)) {
      assertThat(reader.next("image", new PageCounts()).getReferences())
          .as("a zero page between")
          .extracting(
              PageReference::getFirstPage,
              PageReference::getPageCount,
              PageReference::getFileOffset)
          .containsExactly(tuple(0, 2, Pages.address(16)), tuple(3, 1, Pages.address(19)));
      assertThat(reader.next("image", new PageCounts()).getReferences())
          .as("a gap in the file")
          .extracting(
              PageReference::getFirstPage,
              PageReference::getPageCount,
              PageReference::getFileOffset)
          .containsExactly(tuple(0, 2, Pages.address(20)), tuple(2, 2, Pages.address(22) + 0x8000));
    }
  }

  @Test
  void noReadCrossesTheBorderOfAnExtent() {
    SparseImage pages = new SparseImage(1).with(0, 3).with(3, 6);
    MemoryImage image =
        new MemoryImage() {
          @Override
          public ImageFacts facts() {
            return pages.facts();
          }

          @Override
          public List<PhysicalExtent> extents() {
            return pages.extents();
          }

          @Override
          public void read(long address, int count, MemorySegment destination, PageState[] states) {
            assertThat(extents())
                .anyMatch(extent ->
                    address >= extent.physicalAddress()
                        && address + Pages.address(count) <= extent.endAddress());
            pages.read(address, count, destination, states);
          }

          @Override
          public void close() {}
        };
    try (RunReader reader =
        new RunReader(
            image, RunPlan.of(image.extents(), 4), 512, 4096, FRAMES, PayloadMode.INLINE)) {
      int runs = 0;
      while (reader.hasNext()) {
        assertThat(reader.next("image", new PageCounts()).getRunIndex()).isEqualTo(runs++);
      }
      assertThat(runs).isEqualTo(3);
    }
  }

  @Test
  void aClosedReaderReadsNothing() {
    RunReader reader = reader("bbbb", 512, 4096, PayloadMode.INLINE);
    reader.close();
    assertThatThrownBy(() -> reader.next("image", new PageCounts()))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void everyFieldOfARunIsSetSoThatItCanBeEncoded() {
    RecordCodec<PageStreamRecord> codec = new RecordCodec<>(PageStreamRecord.class);
    for (PayloadMode mode : PayloadMode.values()) {
      try (RunReader reader = reader("bbbbb", 512, 4096, mode)) {
        PageRun run = reader.next("image", new PageCounts());
        assertThat(run.getImageId()).isEqualTo("image");
        assertThat(run.getRunIndex()).isZero();
        byte[] encoded = codec.encode(new PageStreamRecord(run));
        assertThat(codec.decode(encoded, null).getBody()).isEqualTo(run);
      }
    }
  }

  private static int lookAhead(String pages, int lookAheadBytes) {
    try (RunReader reader = reader(pages, 512, lookAheadBytes, PayloadMode.INLINE)) {
      return reader.next("image", new PageCounts()).getLookAhead().remaining();
    }
  }

  private static RunReader reader(String pages, int behind, int ahead, PayloadMode mode) {
    Drawn image = new Drawn(pages);
    return new RunReader(
        image, RunPlan.of(image.extents(), RUN_PAGES), behind, ahead, FRAMES, mode);
  }
}
