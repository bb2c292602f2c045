package io.pagestream.exports.picture;

import io.pagestream.cases.verdicts.PageContent;
import io.pagestream.cases.verdicts.PageSpan;
import io.pagestream.exports.picture.SpaceLayout.Extent;
import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.page.Pages;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Pages by column and kind of ink, for one layout of an address space. Its size depends on the
 * picture's width alone, whatever the image's.
 */
public final class SpaceMap {
  private final String title;
  private final SpaceLayout layout;
  private final Map<Ink, int[]> pages = new EnumMap<>(Ink.class);
  private final Map<Ink, Long> totals = new EnumMap<>(Ink.class);
  private final Set<Band> bands = EnumSet.of(Band.RANGES);
  private final int[] findings;
  private long findingCount;
  private long rangePages;
  private int rangeCount;

  SpaceMap(String title, SpaceLayout layout) {
    this.title = title;
    this.layout = layout;
    this.findings = new int[layout.columns()];
  }

  /** Where the ranges of an image are, as a layout wants it. */
  static List<Extent> extents(List<AddressRange> ranges) {
    return ranges.stream()
        .map(range ->
            new Extent(
                range.getPhysicalAddress(),
                range.getPhysicalAddress() + Pages.address(range.getPageCount())))
        .toList();
  }

  void addRange(AddressRange range) {
    rangeCount++;
    rangePages += range.getPageCount();
    add(Ink.of(range.getKind()), range.getPhysicalAddress(), range.getPageCount());
  }

  void addContent(long physicalAddress, long pageCount, PageContent content) {
    bands.add(Band.CONTENT);
    add(Ink.of(content), physicalAddress, pageCount);
  }

  void addSpan(PageSpan span) {
    bands.addAll(List.of(Band.CACHE_TYPES, Band.VERDICTS, Band.FINDINGS));
    addContent(span.physicalAddress(), span.pageCount(), span.content());
    add(Ink.typeOf(span), span.physicalAddress(), span.pageCount());
    add(Ink.of(span.decision().verdict()), span.physicalAddress(), span.pageCount());
  }

  void addFinding(long physicalAddress) {
    int column = layout.columnAt(physicalAddress);
    if (column >= 0) {
      findings[column]++;
      findingCount++;
    }
  }

  private void add(Ink ink, long physicalAddress, long pageCount) {
    totals.merge(ink, pageCount, Long::sum);
    int[] columns = pages.computeIfAbsent(ink, key -> new int[layout.columns()]);
    long end = physicalAddress + Pages.address(pageCount);
    long at = physicalAddress;
    while (at < end) {
      int column = layout.columnAt(at);
      long next = Math.min(end, (at & -layout.bytesPerColumn()) + layout.bytesPerColumn());
      if (column < 0) {
        // Pages that no range has: what the layout left out cannot be shown.
        return;
      }
      columns[column] += (int) Math.min(Integer.MAX_VALUE, Pages.frameNumber(next - at));
      at = next;
    }
  }

  String title() {
    return title;
  }

  SpaceLayout layout() {
    return layout;
  }

  /** The bands of which anything is known. */
  Set<Band> bands() {
    return bands;
  }

  /** Pages of an ink in a column. */
  int pages(Ink ink, int column) {
    int[] columns = pages.get(ink);
    return columns == null ? 0 : columns[column];
  }

  /** Pages of an ink in all. */
  long total(Ink ink) {
    return totals.getOrDefault(ink, 0L);
  }

  /** Pages that a column has room for. */
  long pagesPerColumn() {
    return Pages.frameNumber(layout.bytesPerColumn());
  }

  int findings(int column) {
    return findings[column];
  }

  int mostFindings() {
    return Arrays.stream(findings).max().orElse(0);
  }

  long findingCount() {
    return findingCount;
  }

  long rangePages() {
    return rangePages;
  }

  int rangeCount() {
    return rangeCount;
  }
}
