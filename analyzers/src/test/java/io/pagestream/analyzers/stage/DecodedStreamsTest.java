package io.pagestream.analyzers.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.analyzers.api.DecodingLimits;
import io.pagestream.analyzers.api.Window;
import io.pagestream.schemas.finding.Location;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Decoded data is returned once, as windows with longer paths, within limits that are counted. */
class DecodedStreamsTest {
  private final DecodedStreams streams = new DecodedStreams(DecodingLimits.DEFAULT);

  @Test
  void aStreamIsAWindowOfItsOwnBytes() {
    streams.add("GZIP", Location.physical(0x5010), new byte[] {7, 8, 9, 1}, 3, false);
    List<Window> windows = streams.takeWindows();
    assertThat(windows).hasSize(1);
    Window window = windows.getFirst();
    assertThat(window.limit()).isEqualTo(3);
    assertThat(window.bytes().toArray(ValueLayout.JAVA_BYTE)).containsExactly(7, 8, 9);
    assertThat(window.locationOf(2)).isEqualTo(new Location("physical", 0x5010, "GZIP-2"));
    assertThat(streams.counts()).isEqualTo(Map.of("gzip:streams", 1L, "gzip:bytes", 3L));
    assertThat(streams.takeWindows()).isEmpty();
  }

  @Test
  void aStreamInAStreamHasAPathOfBoth() {
    Location inner = Location.physical(0x5010).decoded("GZIP").plus(30);
    streams.add("GZIP", inner, new byte[8], 8, false);
    assertThat(streams.takeWindows().getFirst().locationOf(5).path()).isEqualTo("GZIP-30-GZIP-5");
  }

  @Test
  void pagesHaveABoundEachAndWhatIsLeftOutIsCounted() {
    int most = DecodingLimits.DEFAULT.pageBytes();
    byte[] bytes = new byte[most];
    streams.add("GZIP", Location.physical(0x1000), bytes, most - 10, false);
    streams.add("GZIP", Location.physical(0x1ff0), bytes, 100, false);
    streams.add("GZIP", Location.physical(0x1ff8), bytes, 100, false);
    streams.add("GZIP", Location.physical(0x2000), bytes, 100, true);
    assertThat(streams.takeWindows()).extracting(Window::limit).containsExactly(most - 10, 10, 100);
    assertThat(streams.counts())
        .isEqualTo(Map.of("gzip:streams", 4L, "gzip:bytes", most + 100L, "gzip:cut", 3L));
  }

  @Test
  void streamsAreNotFollowedForEver() {
    Location at = Location.physical(0x1000);
    for (int depth = 0; depth < DecodingLimits.DEFAULT.depth(); depth++) {
      streams.add("GZIP", at, new byte[4], 4, false);
      assertThat(streams.takeWindows()).as("depth %d", depth).hasSize(1);
      at = at.decoded("GZIP");
    }
    streams.add("GZIP", at, new byte[4], 4, false);
    assertThat(streams.takeWindows()).isEmpty();
    assertThat(streams.counts()).containsEntry("gzip:cut", 1L);
  }
}
