package io.pagestream.analyzers.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagestream.analyzers.api.AnalyzerInfo;
import io.pagestream.analyzers.api.Window;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.PageReference;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.page.Pages;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The content of windows: contiguous, readable memory with any verdict; nothing withheld. */
class RunWindowsTest {
  private static final long FIRST = Pages.address(Runs.FIRST_FRAME);
  private static final ImageManifest MANIFEST = Runs.manifest(2);
  private final RunWindows windows = new RunWindows(PayloadFiles.NONE);

  @Test
  void aRunOfBytesIsOneWindowWithBothNeighbours() {
    List<Window> shown = windows.of(MANIFEST, Runs.of(0, "BBB", filled(512, 7), filled(4096, 9)));
    Window window = only(shown);
    assertThat(ownStart(window)).isEqualTo(FIRST);
    assertThat(ownEnd(window)).isEqualTo(FIRST + 3 * 4096);
    assertThat(window.ownStart()).isEqualTo(512);
    assertThat(window.limit() - window.ownEnd()).isEqualTo(4096);
    assertThat(byteAt(window, FIRST - 1)).isEqualTo((byte) 7);
    assertThat(byteAt(window, FIRST)).isEqualTo(Runs.fill(0));
    assertThat(byteAt(window, FIRST + 2 * 4096)).isEqualTo(Runs.fill(2));
    assertThat(byteAt(window, FIRST + 3 * 4096)).isEqualTo((byte) 9);
  }

  @Test
  void zeroPagesAreMarginsAndOnlyTheirLastBytesAreSearched() {
    List<Window> shown = windows.of(MANIFEST, Runs.of(0, "zBzzB"));
    assertThat(shown).hasSize(2);
    Window first = shown.getFirst();
    assertThat(ownStart(first)).isEqualTo(FIRST + 4096 - RunWindows.ZERO_TAIL_BYTES);
    assertThat(ownEnd(first)).isEqualTo(FIRST + 2 * 4096);
    assertThat(first.limit() - first.ownEnd()).isEqualTo(3 * 4096);
    assertThat(byteAt(first, FIRST + 2 * 4096)).isZero();
    assertThat(byteAt(first, FIRST + 4095)).isZero();
    Window second = shown.getLast();
    assertThat(ownStart(second)).isEqualTo(FIRST + 4 * 4096 - RunWindows.ZERO_TAIL_BYTES);
    assertThat(second.limit()).isEqualTo(second.ownEnd());
  }

  @Test
  void refusedPagesAreShownLikeOthers() {
    Window window =
        only(windows.of(MANIFEST, Runs.of(0, "BRRBR", filled(512, 7), filled(4096, 9))));
    assertThat(ownStart(window)).isEqualTo(FIRST);
    assertThat(ownEnd(window)).isEqualTo(FIRST + 5 * 4096);
    for (int page = 0; page < 5; page++) {
      assertThat(byteAt(window, FIRST + Pages.address(page))).isEqualTo(Runs.fill(page));
    }
    assertThat(byteAt(window, FIRST - 1)).isEqualTo((byte) 7);
    assertThat(byteAt(window, FIRST + 5 * 4096)).isEqualTo((byte) 9);
  }

  /** The look-ahead continues over zero pages and other stretches, as over a run's end. */
  @Test
  void theLookAheadGoesOnOverZeroPages() {
    windows.of(MANIFEST, Runs.of(0, "B".repeat(40)));
    List<Window> shown = windows.of(MANIFEST, Runs.of(0, "Bzz" + "Bz" + "z".repeat(20) + "B"));
    Window first = shown.getFirst();
    assertThat(first.limit() - first.ownEnd()).isEqualTo(AnalyzerInfo.MAX_LOOK_AHEAD_BYTES);
    for (int at = first.ownEnd(); at < first.limit(); at++) {
      long page = Pages.frameNumber(first.locationOf(at).address()) - Runs.FIRST_FRAME;
      assertThat(first.bytes().get(ValueLayout.JAVA_BYTE, at))
          .isEqualTo(page == 3 ? Runs.fill(3) : 0);
    }
    assertThat(shown).hasSize(3);
    assertThat(shown.get(1).limit() - shown.get(1).ownEnd())
        .isEqualTo(AnalyzerInfo.MAX_LOOK_AHEAD_BYTES);
  }

  /** A zero page's tail is not searched if only zeros follow. */
  @Test
  void theTailOfALastZeroPageIsNotSearchedWhereZerosFollow() {
    Window window = only(windows.of(MANIFEST, Runs.of(0, "Bz", new byte[0], new byte[8192])));
    assertThat(ownEnd(window)).isEqualTo(FIRST + 4096);
    assertThat(window.limit() - window.ownEnd()).isEqualTo(3 * 4096);
  }

  @Test
  void theLookAheadMayLieInAFile() {
    PageRun run = Runs.of(0, "B");
    run.setLookAheadReferences(
        List.of(new PageReference(0, 77L, 1, 1), new PageReference(0, 99L, 2, 2)));
    RunWindows reading =
        new RunWindows((manifest, file, offset, to) -> {
          assertThat(to.byteSize()).isEqualTo(offset == 77 ? 4096 : 8192);
          to.fill((byte) offset);
        });
    Window window = only(reading.of(MANIFEST, run));
    assertThat(window.limit() - window.ownEnd()).isEqualTo(3 * 4096);
    assertThat(byteAt(window, FIRST + 4096)).isEqualTo((byte) 77);
    assertThat(byteAt(window, FIRST + 2 * 4096)).isEqualTo((byte) 99);
  }

  @Test
  void excludedUnreadableAndWithheldPagesPartTheRun() {
    for (String gap : List.of("x", "u", "W")) {
      List<Window> shown = windows.of(MANIFEST, Runs.of(0, "B" + gap + "B"));
      assertThat(shown).as(gap).hasSize(2);
      assertThat(shown.getFirst().limit()).as(gap).isEqualTo(4096);
      assertThat(shown.getLast().ownStart()).as(gap).isZero();
      assertThat(ownStart(shown.getLast())).as(gap).isEqualTo(FIRST + 2 * 4096);
    }
  }

  @Test
  void theTailOfALastZeroPageIsSearchedWhereBytesFollow() {
    Window window = only(windows.of(MANIFEST, Runs.of(0, "xz", new byte[0], filled(4096, 9))));
    assertThat(ownStart(window)).isEqualTo(FIRST + 2 * 4096 - RunWindows.ZERO_TAIL_BYTES);
    assertThat(ownEnd(window)).isEqualTo(FIRST + 2 * 4096);
    assertThat(byteAt(window, FIRST + 2 * 4096)).isEqualTo((byte) 9);
  }

  @Test
  void aRunWithoutBytesShowsNothing() {
    assertThat(windows.of(MANIFEST, Runs.of(0, "zzxu"))).isEmpty();
  }

  @Test
  void nothingOfAnEarlierRunShinesThrough() {
    windows.of(MANIFEST, Runs.of(0, "BBBB", filled(512, 7), filled(4096, 9)));
    Window window = only(windows.of(MANIFEST, Runs.of(1, "zBz")));
    for (int at = 0; at < window.limit(); at++) {
      long page = Pages.frameNumber(window.locationOf(at).address()) - Runs.FIRST_FRAME;
      byte expected = page == 1 ? Runs.fill(1) : 0;
      assertThat(window.bytes().get(ValueLayout.JAVA_BYTE, at)).isEqualTo(expected);
    }
  }

  @Test
  void aPayloadThatContradictsTheBitmapsIsRefused() {
    PageRun run = Runs.of(0, "BB");
    run.setPages(ByteBuffer.allocate(4096));
    assertThatThrownBy(() -> windows.of(MANIFEST, run))
        .isInstanceOf(IndexOutOfBoundsException.class);
    run.setPages(ByteBuffer.allocate(3 * 4096));
    assertThatThrownBy(() -> windows.of(MANIFEST, run))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("bitmaps");
  }

  private static Window only(List<Window> shown) {
    assertThat(shown).hasSize(1);
    return shown.getFirst();
  }

  private static long ownStart(Window window) {
    return window.locationOf(window.ownStart()).address();
  }

  private static long ownEnd(Window window) {
    return window.locationOf(window.ownEnd()).address();
  }

  private static byte byteAt(Window window, long address) {
    return window.bytes().get(ValueLayout.JAVA_BYTE, address - window.start().address());
  }

  private static byte[] filled(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }
}
