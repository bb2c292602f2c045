package io.pagestream.cases.coverage;

import io.pagestream.cases.text.Quantities;
import io.pagestream.cases.verdicts.Mapping;
import io.pagestream.cases.verdicts.PageContent;
import io.pagestream.cases.verdicts.PageSpan;
import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.RangeProvenance;
import io.pagestream.schemas.ledger.Unseen;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The shares of an image that the mapper refuses or classifies as paging structures. Hiding memory
 * from a mapper requires that these shares are large.
 */
final class MapperShares {
  /**
   * In percent of the pages in the image. Page tables use 8 bytes for each mapping of 4 KiB, which
   * is one page in 512; for the guests of the test images, both shares are below 1 %.
   */
  static final int PERCENT = 5;

  /** Smaller numbers of pages are ignored: small test images have no more. */
  private static final long FEWEST = 16;

  private final SortedMap<String, Long> refused = new TreeMap<>();
  private final SortedMap<String, Long> withheld = new TreeMap<>();
  private long held;
  private long pagingStructures;
  private long byShapeOnly;
  private long cachedDevice;

  void add(PageSpan span) {
    if (!span.content().hasBytes() && span.content() != PageContent.ZERO) {
      return;
    }
    long pages = span.pageCount();
    held += pages;
    if (span.decision().refused()) {
      refused.merge(span.decision().reason(), pages, Long::sum);
    }
    if (span.notAnalyzed() == Unseen.WITHHELD) {
      withheld.merge(span.decision().reason(), pages, Long::sum);
    }
    Mapping mapping = span.mapping();
    if (mapping == null) {
      return;
    }
    if (mapping.pagingStructure() || mapping.byShape().pagingStructure()) {
      pagingStructures += pages;
      byShapeOnly += mapping.pagingStructure() ? 0 : pages;
    }
    if (span.decision().rangeKind() == RangeKind.DEVICE
        && (mapping.cacheTypes().contains(CacheType.WRITE_BACK)
            || mapping.byShape().cacheTypes().contains(CacheType.WRITE_BACK))) {
      cachedDevice += pages;
    }
  }

  /** Withheld pages by the reason of their refusal. */
  SortedMap<String, Long> withheld() {
    return withheld;
  }

  /** Critical warnings, in sentences. */
  List<String> warnings(@Nullable ImageManifest manifest) {
    List<String> warnings = new ArrayList<>();
    long left = sum(withheld);
    if (left > 0) {
      warnings.add(
          "%s refused pages that hold bytes were NOT ANALYZED, because of --skip-refused: %s."
              .formatted(Quantities.count(left), counts(withheld)));
    }
    long all = sum(refused);
    if (isMuch(all)) {
      warnings.add(
          ("The mapper refused %s: %s. Ordinary guests stay below %d %%. Forged page tables or a"
                  + " wrong memory map may be the cause.")
              .formatted(share(all), counts(refused), PERCENT));
    }
    if (isMuch(pagingStructures)) {
      warnings.add(
          ("Page tables seem to fill %s, %s of them by roots that were found only by their shape."
                  + " Ordinary guests stay below %d %%. Forged page tables may be the cause.")
              .formatted(share(pagingStructures), Quantities.count(byShapeOnly), PERCENT));
    }
    if (cachedDevice > 0) {
      warnings.add(
          "%s pages are device memory by the memory map%s, but the image's page tables map them as"
                  .formatted(Quantities.count(cachedDevice), sources(manifest))
              + " write-back memory.");
    }
    return warnings;
  }

  private boolean isMuch(long pages) {
    return pages >= FEWEST && pages * 100 > held * PERCENT;
  }

  private String share(long pages) {
    return "%s of the %s pages that the image holds (%s %%)"
        .formatted(
            Quantities.count(pages),
            Quantities.count(held),
            String.format(Locale.ROOT, "%.1f", 100.0 * pages / Math.max(1, held)));
  }

  /** The sidecars and records that list devices. */
  private static String sources(@Nullable ImageManifest manifest) {
    if (manifest == null) {
      return "";
    }
    String sources =
        manifest.getRanges().stream()
            .filter(range ->
                range.getKind() == RangeKind.DEVICE
                    && (range.getProvenance() == RangeProvenance.SIDE_FILE
                        || range.getProvenance() == RangeProvenance.KERNEL_RECORDS))
            .map(AddressRange::getSource)
            .filter(source -> !source.isEmpty())
            .distinct()
            .limit(3)
            .collect(Collectors.joining(", "));
    return sources.isEmpty() ? "" : " (" + sources + ")";
  }

  private static String counts(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .map(entry -> entry.getKey() + " " + Quantities.count(entry.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
