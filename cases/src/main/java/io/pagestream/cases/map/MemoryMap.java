package io.pagestream.cases.map;

import io.pagestream.cases.verdicts.PageContent;
import io.pagestream.cases.verdicts.PageSpan;
import io.pagestream.schemas.avro.AddressRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Pages by cell and ink, and findings by cell, for one layout of an address space. Apart from the
 * ranges, its size depends only on the number of cells, not on the size of the image.
 *
 * @param <L> how the address space is divided
 */
public final class MemoryMap<L extends MapLayout> {
  private final String title;
  private final L layout;
  private final List<AddressRange> ranges = new ArrayList<>();
  private final Map<Ink, long[]> pages = new EnumMap<>(Ink.class);
  private final Set<Band> bands = EnumSet.of(Band.RANGES);
  private final long[] findings;
  private long rangePages;

  /**
   * An empty map.
   *
   * @param title display name of the image
   */
  public MemoryMap(String title, L layout) {
    this.title = title;
    this.layout = layout;
    this.findings = new long[layout.cells()];
  }

  /** Adds a range of the range map, in ascending order of address. */
  public void addRange(AddressRange range) {
    ranges.add(range);
    rangePages += range.getPageCount();
    add(range.getPhysicalAddress(), range.getPageCount(), Ink.of(range.getKind()));
  }

  /** Adds the content of pages in the image. */
  public void addContent(long physicalAddress, long pageCount, PageContent content) {
    add(physicalAddress, pageCount, Ink.of(content));
  }

  /** Adds the information about judged pages. */
  public void addSpan(PageSpan span) {
    add(
        span.physicalAddress(),
        span.pageCount(),
        Ink.of(span.content()),
        Ink.typeOf(span),
        Ink.of(span.decision().verdict()));
    bands.add(Band.FINDINGS);
  }

  /** Adds pages, each with inks of different bands. */
  void add(long physicalAddress, long pageCount, Ink... inks) {
    long[][] counts = new long[inks.length][];
    for (int i = 0; i < inks.length; i++) {
      bands.add(inks[i].band());
      counts[i] = pages.computeIfAbsent(inks[i], ink -> new long[layout.cells()]);
    }
    layout.divide(
        physicalAddress,
        pageCount,
        (cell, count) -> {
          for (long[] ofInk : counts) {
            ofInk[cell] += count;
          }
        });
  }

  /** Adds findings at an address. */
  public void addFindings(long physicalAddress, long count) {
    bands.add(Band.FINDINGS);
    int cell = layout.cellOf(physicalAddress);
    if (cell >= 0) {
      findings[cell] += count;
    }
  }

  /** Display name of the image. */
  public String title() {
    return title;
  }

  /** The division of the address space into cells. */
  public L layout() {
    return layout;
  }

  /** The range map, by address. */
  public List<AddressRange> ranges() {
    return Collections.unmodifiableList(ranges);
  }

  /** Pages of the range map. */
  public long rangePages() {
    return rangePages;
  }

  /** The bands that are not empty. */
  public Set<Band> bands() {
    return Collections.unmodifiableSet(bands);
  }

  /** The inks of a band that occur in any cell, in order. */
  public List<Ink> inks(Band band) {
    return pages.keySet().stream().filter(ink -> ink.band() == band && total(ink) > 0).toList();
  }

  /** Pages of an ink in a cell. */
  public long pages(Ink ink, int cell) {
    long[] ofInk = pages.get(ink);
    return ofInk == null ? 0 : ofInk[cell];
  }

  /** Pages of an ink in all cells. */
  public long total(Ink ink) {
    long[] ofInk = pages.get(ink);
    return ofInk == null ? 0 : Arrays.stream(ofInk).sum();
  }

  /** Findings in a cell. */
  public long findings(int cell) {
    return findings[cell];
  }

  /** The largest number of findings in a cell. */
  public long mostFindings() {
    return Arrays.stream(findings).max().orElse(0);
  }

  /** Findings in all cells. */
  public long findingCount() {
    return Arrays.stream(findings).sum();
  }
}
