package io.pagestream.producer.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.pagestream.images.memory.ImageFacts;
import io.pagestream.images.memory.MemoryImage;
import io.pagestream.images.memory.PageState;
import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.avro.PageCounts;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.RangeProvenance;
import io.pagestream.schemas.doubt.DoubtReason;
import io.pagestream.schemas.page.PageBitmap;
import io.pagestream.schemas.page.Pages;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Runs mark pages that a doubt covers, and report the ranges of unreadable ones. */
final class DoubtfulRunsTest {
  private static final List<PageState> STATES =
      List.of(
          PageState.PRESENT,
          PageState.DOUBTFUL,
          PageState.DOUBTFUL,
          PageState.UNREADABLE,
          PageState.UNREADABLE,
          PageState.EXCLUDED,
          PageState.UNREADABLE,
          PageState.PRESENT);

  /** Pages in the states above; page 2 holds zeros. */
  private static final class Image implements MemoryImage {
    @Override
    public ImageFacts facts() {
      return ImageFacts.of("test");
    }

    @Override
    public List<PhysicalExtent> extents() {
      return List.of(
          new PhysicalExtent(0, STATES.size(), RangeKind.RAM, RangeProvenance.CONTAINER, ""));
    }

    @Override
    public void read(long address, int count, MemorySegment destination, PageState[] states) {
      for (int i = 0; i < count; i++) {
        int page = (int) Pages.frameNumber(address) + i;
        states[i] = STATES.get(page);
        byte content = (byte) (states[i].hasBytes() && page != 2 ? 'x' : 0);
        destination.asSlice(Pages.address(i), Pages.SIZE).fill(content);
      }
    }

    @Override
    public void close() {}
  }

  @Test
  void doubtfulPagesAreCarriedAndMarked() {
    PageRun run = read(8).run();
    assertThat(set(run)).containsExactly(1, 2);
    assertThat(run.getPages().remaining()).isEqualTo(3 * Pages.SIZE);
    assertThat(PageBitmap.isSet(run.getZeroPages(), 2)).isTrue();
    assertThat(run.getPages().get(Pages.SIZE)).isEqualTo((byte) 'x');
  }

  @Test
  void unreadablePagesAreADoubtForEachRange() {
    for (int runPages : List.of(1, 3, 8)) {
      assertThat(read(runPages).doubts())
          .extracting(Doubt::getReason, Doubt::getPhysicalAddress, Doubt::getPageCount)
          .containsExactly(tuple("unreadable", 0x3000L, 2L), tuple("unreadable", 0x6000L, 1L));
    }
  }

  @Test
  void pagesThatAKnownDoubtCoversAreNotNamedAgain() {
    Read read = read(3);
    Doubt known = DoubtReason.TRUNCATED.of(0x4000, 100, "the file is cut off");
    assertThat(read.reader().doubts(List.of(known)))
        .extracting(Doubt::getPhysicalAddress, Doubt::getPageCount)
        .containsExactly(tuple(0x3000L, 1L));
  }

  private record Read(PageRun run, RunReader reader, List<Doubt> doubts) {}

  private static Read read(int runPages) {
    Image image = new Image();
    RunPlan plan = RunPlan.of(image.extents(), runPages);
    try (RunReader reader =
        new RunReader(image, plan, 512, 4096, MappingSource.NONE, PayloadMode.INLINE)) {
      PageRun first = reader.next("image", new PageCounts());
      while (reader.hasNext()) {
        var unusedRun = reader.next("image", new PageCounts());
      }
      return new Read(first, reader, reader.doubts(List.of()));
    }
  }

  private static List<Integer> set(PageRun run) {
    return IntStream.range(0, run.getPageCount())
        .filter(page -> PageBitmap.isSet(run.getDoubtfulPages(), page))
        .boxed()
        .toList();
  }
}
