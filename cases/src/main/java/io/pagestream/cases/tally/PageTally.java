package io.pagestream.cases.tally;

import io.pagestream.cases.verdicts.PageContent;
import io.pagestream.cases.verdicts.PageSpan;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Pages by labels and content. */
final class PageTally {
  /** There are few combinations of labels; the limit bounds files crafted to have more. */
  private static final int MOST_ROWS = 10_000;

  private final By by;
  private final Map<List<String>, Map<PageContent, Long>> rows =
      new TreeMap<>(Comparator.comparing(labels -> String.join("\0", labels)));

  PageTally(By by) {
    this.by = by;
  }

  void add(PageSpan span) {
    List<String> labels = by.labels(span.decision());
    if (rows.size() >= MOST_ROWS && !rows.containsKey(labels)) {
      labels = by.columns().stream().map(column -> "others").toList();
    }
    rows.computeIfAbsent(labels, key -> new EnumMap<>(PageContent.class))
        .merge(span.content(), span.pageCount(), Long::sum);
  }

  void forEach(BiConsumer<List<String>, Map<PageContent, Long>> receiver) {
    rows.forEach(receiver);
  }

  /** All pages that were added. */
  long pages() {
    return rows.values().stream().mapToLong(PageTally::sum).sum();
  }

  static long sum(Map<PageContent, Long> pages) {
    return pages.values().stream().mapToLong(Long::longValue).sum();
  }
}
