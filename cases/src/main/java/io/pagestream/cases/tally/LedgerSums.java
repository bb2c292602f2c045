package io.pagestream.cases.tally;

import io.pagestream.cases.casefolder.StoredImage;
import io.pagestream.cases.verdicts.Decision;
import io.pagestream.cases.verdicts.PageSpan;
import io.pagestream.schemas.avro.VerdictKind;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Counts the spans of an image like the ledger ({@code PageCounts}: the first match of refused,
 * excluded, unreadable, zero, overridden, mapped), and compares them with its manifest.
 */
final class LedgerSums {
  private final SortedMap<String, Long> classes = new TreeMap<>();
  private final SortedMap<String, Long> rows = new TreeMap<>();
  private final SortedMap<String, Long> reasons = new TreeMap<>();
  private long judged;

  void add(PageSpan span) {
    Decision decision = span.decision();
    long pages = span.pageCount();
    judged += pages;
    classes.merge(className(span), pages, Long::sum);
    rows.merge(decision.profile() + ':' + decision.row(), pages, Long::sum);
    if (decision.refused()) {
      reasons.merge(decision.reason(), pages, Long::sum);
    }
  }

  private static String className(PageSpan span) {
    if (span.decision().refused()) {
      return "refused";
    }
    if (!span.content().hasBytes()) {
      return switch (span.content()) {
        case EXCLUDED -> "excluded";
        case UNREADABLE -> "unreadable";
        case ZERO, BYTES, DOUBTFUL -> "zero";
      };
    }
    return span.decision().verdict() == VerdictKind.OVERRIDDEN ? "overridden" : "mapped";
  }

  long judged() {
    return judged;
  }

  /** Pages of the range map that were in no run, according to the ledger. */
  long absent(StoredImage image) {
    return image.pages("absent") - classes.getOrDefault("unreadable", 0L);
  }

  /** Differences from the ledger, in sentences. */
  List<String> problems(StoredImage image) {
    List<String> problems = new ArrayList<>();
    for (String name : List.of("mapped", "overridden", "refused", "zero", "excluded")) {
      compare(problems, name + " pages", classes.getOrDefault(name, 0L), image.pages(name));
    }
    compare(
        problems,
        "judged and absent pages together",
        judged + absent(image),
        image.pages("rangeMapPages"));
    if (!rows.equals(image.verdictPages())) {
      problems.add("by row: %s here, %s in the ledger".formatted(rows, image.verdictPages()));
    }
    if (!reasons.equals(image.refusedPages())) {
      problems.add("refused: %s here, %s in the ledger".formatted(reasons, image.refusedPages()));
    }
    return problems;
  }

  private static void compare(List<String> problems, String what, long here, long ledger) {
    if (here != ledger) {
      problems.add("%s: %,d here, %,d in the ledger".formatted(what, here, ledger));
    }
  }
}
