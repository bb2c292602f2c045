package io.pagestream.images.pagetable;

import io.pagestream.images.memory.MemoryImage;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.avro.MappingAnomaly;
import io.pagestream.schemas.avro.MappingSpan;
import io.pagestream.schemas.page.Pages;
import io.pagestream.schemas.text.Hex;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The mappings of an image's pages in its own page tables. Takes a few bytes per mapped page, less
 * for uniform areas of 2 MiB. Used by one thread.
 */
public final class PageMappings {
  /** Maximum number of mappings listed for a page. */
  public static final int MOST_TOLD = 1000;

  /** Maximum number of roots listed in a manifest. */
  private static final int MOST_ROOTS_NAMED = 64;

  private static final TableFacts NO_FACTS = noFacts();

  private final @Nullable Walked walked;
  private final String whyNot;
  private final TableFacts facts;

  /**
   * A completed walk.
   *
   * @param image the image
   * @param spaces the roots
   * @param users whether the user halves are included
   * @param sources MTRRs and PAT
   * @param walks the results
   * @param forged tables that user mode can access, which are distrusted
   */
  record Walked(
      MemoryImage image,
      AddressSpaces spaces,
      boolean users,
      MemoryTypeSources sources,
      PageTables.Walks walks,
      ForgedTables forged) {

    WalkSummary summary() {
      return walks.named().plus(walks.byShape());
    }

    /**
     * The state of a page that named roots do not map: known only if all their tables were read.
     */
    CacheType unmapped() {
      return !spaces.named().isEmpty() && walks.named().isComplete()
          ? CacheType.NOT_ESTABLISHED
          : CacheType.UNKNOWN;
    }
  }

  PageMappings(Walked walked, TableFacts facts) {
    this(walked, "", facts);
  }

  private PageMappings(@Nullable Walked walked, String whyNot, TableFacts facts) {
    this.walked = walked;
    this.whyNot = whyNot;
    this.facts = facts;
  }

  /** No page table was read. */
  static PageMappings none(String whyNot) {
    return new PageMappings(null, whyNot, NO_FACTS);
  }

  private static TableFacts noFacts() {
    FrameTable frames = new FrameTable(List.of());
    MappingTypes types =
        MemoryTypeSources.of(PageTableOptions.defaults(), GuestSystem.UNKNOWN).mappingTypes();
    AliasTable aliases = AliasTable.of(at -> false, Set.of(), List.of(), types);
    return new TableFacts(
        frames, frames, new Aliases(aliases, aliases), Anomalies.none("no page tables"));
  }

  /** The results of the walks from all roots; empty if no page table was read. */
  public Optional<WalkSummary> summary() {
    return Optional.ofNullable(walked).map(Walked::summary);
  }

  /** Physical addresses of the top-level tables, in the order of the walk: named ones first. */
  public List<Long> roots() {
    return walked == null ? List.of() : walked.spaces().roots();
  }

  /** Physical addresses of the top-level tables that the image names, in bytes. */
  public List<Long> namedRoots() {
    return walked == null ? List.of() : walked.spaces().named();
  }

  /**
   * The mappings of consecutive pages: spans that cover them in order; adjacent spans differ.
   *
   * @param physicalAddress of the first page
   * @return empty if no page table was read
   */
  public List<MappingSpan> spansOf(long physicalAddress, int pageCount) {
    return walked == null
        ? List.of()
        : facts.spansOf(physicalAddress, pageCount, walked.unmapped());
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
    AddressSpaces spaces = walked.spaces();
    MappingLookup lookup =
        new MappingLookup(
            Pages.floor(physicalAddress),
            MOST_TOLD,
            Set.copyOf(spaces.named()),
            walked.sources().mappingTypes());
    try (TablePages pages = new TablePages(walked.image())) {
      PageTables.walk(
          walked.image(), pages, spaces, walked.users(), walked.forged()::contains, lookup, lookup);
      SharedRoots shared = new SharedRoots(pages, spaces);
      return lookup.found().stream().map(shared::of).toList();
    }
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
    Aliases aliases = facts.aliases();
    hints.put(
        "page-tables",
        "%s, %s, %s".formatted(spaces.mode().title(), spaces.system().title(), spaces.found()));
    hints.put("page-tables.roots", addresses(spaces.named()));
    hints.put("page-tables.roots-by-shape", addresses(spaces.byShape()));
    hints.put(
        "page-tables.verdicts",
        spaces.named().isEmpty()
            ? "decided by ranges: roots found by their shape only annotate"
            : "decided by the named roots");
    hints.put("page-tables.halves", walked.users() ? "kernel and users" : "kernel");
    hints.put("page-tables.tables", Long.toString(summary.tables()));
    hints.put("page-tables.mappings", Long.toString(summary.mappings()));
    hints.put("page-tables.complete", summary.isComplete() ? "yes" : "no");
    if (summary.missingTables() > 0) {
      hints.put("page-tables.missing", Long.toString(summary.missingTables()));
    }
    if (summary.stoppedEarly()) {
      hints.put("page-tables.given-up", "yes");
    }
    hints.put("page-tables.aliased-pages", Long.toString(aliases.aliasedPages()));
    long forged = walked.forged().count();
    if (forged > 0) {
      hints.put("page-tables.user-mapped-tables", Long.toString(forged));
    }
    hints.putAll(facts.anomalies().hints());
    hints.put("page-tables.pat", walked.sources().patFrom());
    hints.put("page-tables.mtrr", walked.sources().memoryTypesFrom());
    return hints;
  }

  private static String addresses(List<Long> roots) {
    return roots.stream().limit(MOST_ROOTS_NAMED).map(Hex::of).collect(Collectors.joining(" "));
  }

  /** Warnings, in sentences. */
  public List<String> warnings() {
    if (walked == null) {
      return List.of();
    }
    List<String> warnings = new ArrayList<>(walked.summary().warnings());
    forgedTables(walked.forged()).ifPresent(warnings::add);
    warnings.addAll(facts.anomalies().warnings());
    long beyond = facts.aliases().beyond();
    if (beyond > 0) {
      warnings.add(
          "%d more pages are mapped with conflicting cache types than are recorded (%d)"
              .formatted(beyond, AliasTable.MOST_PAGES));
    }
    return warnings;
  }

  /** Anomalies that are not recorded because there are too many. */
  public List<Doubt> doubts() {
    return facts.anomalies().doubts();
  }

  /**
   * Mappings that satisfy a definition of docs/mapping-detections.md, by definition: findings, and
   * those that are only listed.
   */
  public List<MappingAnomaly> anomalies() {
    return facts.anomalies().all();
  }

  /** A warning about tables that user mode can access. */
  static Optional<String> forgedTables(ForgedTables forged) {
    long count = forged.count();
    return count == 0
        ? Optional.empty()
        : Optional.of(
            ("%,d pages that page-table entries use as tables are accessible in user mode"
                    + " (first: %s): a program may have written them, so they decide nothing")
                .formatted(count, addresses(forged.first())));
  }
}
