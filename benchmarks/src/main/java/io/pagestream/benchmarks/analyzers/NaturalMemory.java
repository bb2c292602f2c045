package io.pagestream.benchmarks.analyzers;

import com.github.luben.zstd.ZstdInputStream;
import io.pagestream.analyzers.api.Analyzer;
import io.pagestream.analyzers.api.AnalyzerInfo;
import io.pagestream.analyzers.api.AnalyzerOptions;
import io.pagestream.analyzers.api.Window;
import io.pagestream.analyzers.catalog.AnalyzerCatalog;
import io.pagestream.schemas.finding.Location;
import io.pagestream.schemas.page.Pages;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The pages of the sample image that are not zero, in windows of 64 pages with neighbours as the
 * stage shows them. Another image: {@code -Dpagestream.benchmark.image=FILE}, raw or raw in zstd.
 */
final class NaturalMemory {
  /** Bytes of all windows' own parts: a constant of JMH's must be one, so it is rounded down. */
  static final int BYTES = 48 << 20;

  private static final int RUN_BYTES = 64 * Pages.SIZE;
  private static final int WINDOW_LOG_MAX = 27;

  private NaturalMemory() {}

  /** {@link #BYTES} of memory, cut into windows. */
  static List<Window> windows() {
    int size = AnalyzerInfo.MAX_LOOK_BEHIND_BYTES + BYTES + AnalyzerInfo.MAX_LOOK_AHEAD_BYTES;
    MemorySegment memory = Arena.ofAuto().allocate(size, Pages.SIZE);
    try {
      fill(memory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<Window> windows = new ArrayList<>();
    for (int at = 0; at < BYTES; at += RUN_BYTES) {
      int ownStart = AnalyzerInfo.MAX_LOOK_BEHIND_BYTES;
      int shown = ownStart + RUN_BYTES + AnalyzerInfo.MAX_LOOK_AHEAD_BYTES;
      long address = 0x1_0000_0000L + at - ownStart;
      windows.add(
          new Window(
              memory.asSlice(at, shown),
              Location.physical(address),
              ownStart,
              ownStart + RUN_BYTES));
    }
    return windows;
  }

  /** An analyzer with default options. */
  static Analyzer analyzer(String name) {
    return AnalyzerCatalog.all().stream()
        .filter(line -> line.info().name().equals(name))
        .findFirst()
        .orElseThrow()
        .factory()
        .apply(AnalyzerOptions.none(name));
  }

  private static void fill(MemorySegment memory) throws IOException {
    byte[] page = new byte[Pages.SIZE];
    byte[] zero = new byte[Pages.SIZE];
    long at = 0;
    try (InputStream image = open()) {
      while (at < memory.byteSize()) {
        if (image.readNBytes(page, 0, page.length) < page.length) {
          throw new IOException("fewer than %d bytes of pages that are not zero".formatted(BYTES));
        }
        if (!Arrays.equals(page, zero)) {
          int length = (int) Math.min(page.length, memory.byteSize() - at);
          MemorySegment.copy(page, 0, memory, ValueLayout.JAVA_BYTE, at, length);
          at += length;
        }
      }
    }
  }

  private static InputStream open() throws IOException {
    String image = System.getProperty("pagestream.benchmark.image", "samples/linux-128m.raw.zst");
    InputStream file = Files.newInputStream(Path.of(image));
    return image.endsWith(".zst") ? new ZstdInputStream(file).setLongMax(WINDOW_LOG_MAX) : file;
  }
}
