package io.pagestream.producer.pagetable;

import io.pagestream.producer.image.MemoryImage;
import io.pagestream.schemas.avro.CacheAlias;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.MappingSpan;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an image's own page tables say of its pages. Holds a few bytes a mapped page, less where 2
 * MiB are alike. Used by one thread.
 */
public final class PageMappings {
  /** Mappings of one page that are told, at most. */
  public static final int MOST_TOLD = 1000;

  /** Roots that a manifest names, at most. */
  private static final int MOST_ROOTS_NAMED = 64;

  private final @Nullable Walked walked;
  private final String whyNot;
  private final FrameTable frames;
  private final AliasTable aliases;

  /**
   * A walk that has been done.
   *
   * @param image of which
   * @param spaces from which roots
   * @param users whether the users' halves too
   * @param sources MTRRs and PAT
   * @param summary what it came to
   */
  record Walked(
      MemoryImage image,
      AddressSpaces spaces,
      boolean users,
      MemoryTypeSources sources,
      WalkSummary summary) {}

  PageMappings(Walked walked, FrameTable frames, AliasTable aliases) {
    this(walked, "", frames, aliases);
  }

  private PageMappings(
      @Nullable Walked walked, String whyNot, FrameTable frames, AliasTable aliases) {
    this.walked = walked;
    this.whyNot = whyNot;
    this.frames = frames;
    this.aliases = aliases;
  }

  /** No page table was read. */
  static PageMappings none(String whyNot) {
    FrameTable frames = new FrameTable(List.of());
    MappingTypes types =
        MemoryTypeSources.of(PageTableOptions.defaults(), GuestSystem.UNKNOWN).mappingTypes();
    return new PageMappings(null, whyNot, frames, AliasTable.of(frames, List.of(), types));
  }

  /** What the walk came to; empty if no page table was read. */
  public Optional<WalkSummary> summary() {
    return Optional.ofNullable(walked).map(Walked::summary);
  }

  /** Physical addresses of the top-level tables, in the order of the walk. */
  public List<Long> roots() {
    return walked == null ? List.of() : walked.spaces().roots();
  }

  /**
   * What the tables say of consecutive pages: spans that cover them in order, neighbours differ.
   *
   * @param physicalAddress of the first page
   * @return empty if no page table was read
   */
  public List<MappingSpan> spansOf(long physicalAddress, int pageCount) {
    List<MappingSpan> spans = new ArrayList<>();
    if (walked == null) {
      return spans;
    }
    int begun = 0;
    int facts = frames.factsOf(physicalAddress);
    CacheAlias alias = aliases.aliasOf(physicalAddress);
    for (int page = 1; page <= pageCount; page++) {
      long address = physicalAddress + Pages.address(page);
      boolean goesOn =
          page < pageCount
              && frames.factsOf(address) == facts
              && aliases.goesOn(alias, page - begun, address);
      if (!goesOn) {
        spans.add(span(begun, page - begun, facts, alias, walked.summary()));
        if (page < pageCount) {
          begun = page;
          facts = frames.factsOf(address);
          alias = aliases.aliasOf(address);
        }
      }
    }
    return spans;
  }

  private static MappingSpan span(
      int firstPage, int count, int facts, @Nullable CacheAlias alias, WalkSummary summary) {
    MappingSpan span = new MappingSpan();
    span.setFirstPage(firstPage);
    span.setPageCount(count);
    span.setMappings(PageFacts.mappings(facts));
    span.setCacheTypes(PageFacts.cacheTypes(facts));
    span.setEstablished(established(facts, summary));
    span.setLargePage(PageFacts.isLarge(facts));
    span.setPagingStructure(PageFacts.isPagingStructure(facts));
    span.setAlias(alias);
    return span;
  }

  private static CacheType established(int facts, WalkSummary summary) {
    if (PageFacts.mappings(facts) > 0) {
      return PageFacts.firstType(facts);
    }
    return summary.isComplete() ? CacheType.NOT_ESTABLISHED : CacheType.UNKNOWN;
  }

  /**
   * The mappings of one page, in the order of the walk, the first {@link #MOST_TOLD} of them. Walks
   * all tables again.
   *
   * @param physicalAddress any address of the page
   */
  public List<Mapping> mappingsOf(long physicalAddress) {
    if (walked == null) {
      return List.of();
    }
    MappingLookup lookup =
        new MappingLookup(Pages.floor(physicalAddress), MOST_TOLD, walked.sources().mappingTypes());
    try (TablePages pages = new TablePages(walked.image())) {
      PageTables.walk(walked.image(), pages, walked.spaces(), walked.users(), lookup);
    }
    return lookup.found();
  }

  /** Facts for the manifest, with keys {@code page-tables…}; a bounded number of bytes. */
  public Map<String, String> hints() {
    Map<String, String> hints = new TreeMap<>();
    if (walked == null) {
      hints.put("page-tables", whyNot);
      return hints;
    }
    AddressSpaces spaces = walked.spaces();
    WalkSummary summary = walked.summary();
    hints.put(
        "page-tables",
        "%s, %s, %d roots: %s"
            .formatted(
                spaces.mode().title(),
                spaces.system().title(),
                spaces.roots().size(),
                spaces.found()));
    hints.put(
        "page-tables.roots",
        spaces.roots().stream()
            .limit(MOST_ROOTS_NAMED)
            .map(root -> "0x" + Long.toHexString(root))
            .collect(Collectors.joining(" ")));
    hints.put("page-tables.halves", walked.users() ? "kernel and users" : "kernel");
    hints.put("page-tables.tables", Long.toString(summary.tables()));
    hints.put("page-tables.mappings", Long.toString(summary.mappings()));
    hints.put("page-tables.complete", summary.isComplete() ? "yes" : "no");
    hints.put("page-tables.aliased-pages", Long.toString(aliases.aliasedPages()));
    hints.put("page-tables.pat", walked.sources().patFrom());
    hints.put("page-tables.mtrr", walked.sources().memoryTypesFrom());
    return hints;
  }

  /** What was odd, in sentences for people. */
  public List<String> warnings() {
    if (walked == null) {
      return List.of();
    }
    List<String> warnings = new ArrayList<>(walked.summary().warnings());
    if (aliases.beyond() > 0) {
      warnings.add(
          "%d more pages are mapped with cache types that disagree than are looked up (%d)"
              .formatted(aliases.beyond(), AliasTable.MOST_PAGES));
    }
    return warnings;
  }
}
