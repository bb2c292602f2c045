package io.pagestream.analyzers.stage;

import io.pagestream.analyzers.api.DecodingLimits;
import io.pagestream.analyzers.api.Window;
import io.pagestream.schemas.finding.Location;
import io.pagestream.schemas.page.Pages;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The data that analyzers decoded from the bytes of one run: the windows of the next round. Limits
 * apply to a page, not to a run, so that they do not depend on how memory was cut into runs: a
 * number of bytes from the streams that start in a page, in each of a number of rounds. Omitted
 * data is counted.
 */
final class DecodedStreams {
  private final DecodingLimits limits;
  private final Map<Long, Integer> bytesByPage = new HashMap<>();
  private final Map<String, Long> counts = new HashMap<>();
  private final List<Stream> streams = new ArrayList<>();

  DecodedStreams(DecodingLimits limits) {
    this.limits = limits;
  }

  /** One stream's bytes, the first of which is at {@code start}. */
  private record Stream(Location start, MemorySegment bytes) {}

  /**
   * Adds a stream.
   *
   * @param source location of its first encoded byte
   * @param length its length in {@code decoded}
   * @param cut whether it continues after these
   */
  void add(String codec, Location source, byte[] decoded, int length, boolean cut) {
    long page = Pages.floor(source.address());
    int left =
        Math.min(limits.streamBytes(), limits.pageBytes() - bytesByPage.getOrDefault(page, 0));
    int kept = depth(source) < limits.depth() ? Math.min(length, left) : 0;
    count(codec, "streams", 1);
    count(codec, "bytes", kept);
    if (cut || kept < length) {
      count(codec, "cut", 1);
    }
    if (kept > 0) {
      bytesByPage.merge(page, kept, Integer::sum);
      streams.add(
          new Stream(source.decoded(codec), MemorySegment.ofArray(Arrays.copyOf(decoded, kept))));
    }
  }

  /** Adds the data decoded in another round, or by another analyzer. */
  void addAll(DecodedStreams others) {
    streams.addAll(others.streams);
    others.counts.forEach((key, count) -> counts.merge(key, count, Long::sum));
  }

  /** A path has two parts for each codec. */
  private static int depth(Location source) {
    return source.isMemory()
        ? 0
        : (int) source.path().chars().filter(c -> c == '-').count() / 2 + 1;
  }

  private void count(String codec, String what, long count) {
    counts.merge(codec.toLowerCase(Locale.ROOT) + ':' + what, count, Long::sum);
  }

  /** Streams, bytes kept, and streams cut, by codec: {@code gzip:bytes}. */
  Map<String, Long> counts() {
    return counts;
  }

  /** Returns the streams as windows and clears them; an abandoned thread may still use them. */
  List<Window> takeWindows() {
    long size = streams.stream().mapToLong(stream -> stream.bytes.byteSize()).sum();
    MemorySegment memory = Arena.ofAuto().allocate(Math.max(1, size), 64);
    List<Window> windows = new ArrayList<>(streams.size());
    long from = 0;
    for (Stream stream : streams) {
      int length = (int) stream.bytes.byteSize();
      MemorySegment bytes = memory.asSlice(from, length).copyFrom(stream.bytes);
      windows.add(new Window(bytes.asReadOnly(), stream.start, 0, length));
      from += length;
    }
    streams.clear();
    return windows;
  }
}
