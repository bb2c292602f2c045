package io.pagestream.images.rangemap;

import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects contradictions between sources, by ascending address. Adjacent ranges with the same text
 * are joined; a manifest has room for only a few sentences, and the rest is counted.
 */
final class Contradictions {
  /** Maximum number of sentences; each takes under 200 bytes. */
  static final int MOST_SENTENCES = 32;

  /**
   * Maximum number of concurrent types of contradictions: two sources and their kinds, so a few.
   */
  private static final int MOST_OPEN = 64;

  private record Stretch(long start, long end, long pages) {}

  private final Map<String, Stretch> open = new LinkedHashMap<>();
  private final List<String> sentences = new ArrayList<>();
  private long notTold;
  private long pagesNotTold;

  /** Adds a contradiction in {@code [start, end)}, described by {@code what}. */
  void add(long start, long end, String what) {
    Stretch before = open.get(what);
    if (before != null && before.end() == start) {
      open.put(
          what, new Stretch(before.start(), end, before.pages() + Pages.frameNumber(end - start)));
      return;
    }
    if (before != null) {
      close(what, before);
      open.remove(what);
    } else if (open.size() == MOST_OPEN) {
      closeAll();
    }
    open.put(what, new Stretch(start, end, Pages.frameNumber(end - start)));
  }

  private void close(String what, Stretch stretch) {
    if (sentences.size() < MOST_SENTENCES) {
      sentences.add(
          "0x%x - 0x%x (%,d pages): %s"
              .formatted(stretch.start(), stretch.end() - 1, stretch.pages(), what));
    } else {
      notTold++;
      pagesNotTold += stretch.pages();
    }
  }

  private void closeAll() {
    open.entrySet().stream()
        .sorted(java.util.Comparator.comparingLong(entry -> entry.getValue().start()))
        .forEach(entry -> close(entry.getKey(), entry.getValue()));
    open.clear();
  }

  /** The sentences; nothing may be added afterwards. */
  List<String> sentences() {
    closeAll();
    if (notTold > 0) {
      sentences.add(
          "%,d more contradictions between the sources of the range map (%,d pages) are not listed"
              .formatted(notTold, pagesNotTold));
      notTold = 0;
    }
    return sentences;
  }
}
