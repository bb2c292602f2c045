package io.pagestream.cases.casefolder;

import io.pagestream.cases.text.HostileText;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts the lines written to a file of a case, for the seal. Not thread-safe. */
final class LineCounts {
  private final SortedMap<String, SortedMap<String, Long>> counts = new TreeMap<>();
  private long lines;

  /** Counts a line. */
  void line() {
    lines++;
  }

  /** Counts several lines. */
  void lines(long count) {
    lines += count;
  }

  /** Adds to a count of an image. */
  void add(String imageId, String what, long count) {
    counts
        .computeIfAbsent(HostileText.wellFormed(imageId), image -> new TreeMap<>())
        .merge(HostileText.wellFormed(what), count, Long::sum);
  }

  long lines() {
    return lines;
  }

  SortedMap<String, SortedMap<String, Long>> counts() {
    return counts;
  }
}
