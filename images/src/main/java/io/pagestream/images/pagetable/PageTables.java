package io.pagestream.images.pagetable;

import io.pagestream.images.memory.MemoryImage;
import io.pagestream.images.memory.PhysicalExtent;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;

/** Reads an image's page tables: finds the roots, walks the tables, and counts the mappings. */
public final class PageTables {
  private PageTables() {}

  /**
   * Determines the mappings of each page.
   *
   * @param image must stay open as long as mappings of single pages are requested from the result
   * @throws InterruptedException if {@code progress} does
   */
  public static PageMappings read(
      MemoryImage image, PageTableOptions options, PageTableProgress progress)
      throws InterruptedException {
    return read(image, new PageSearch(image), options, progress);
  }

  /**
   * Determines the mappings of each page.
   *
   * @param image must stay open as long as mappings of single pages are requested from the result
   * @throws InterruptedException if {@code progress} does
   */
  public static PageMappings read(
      MemoryImage image, PageSearch search, PageTableOptions options, PageTableProgress progress)
      throws InterruptedException {
    if (options.depth() == PageTableDepth.OFF) {
      return PageMappings.none("not read: disabled");
    }
    Optional<String> foreign = RootFinder.foreignMachine(image.facts().machine());
    if (foreign.isPresent()) {
      return PageMappings.none("not read: the machine is " + foreign.get());
    }
    boolean all = options.depth() == PageTableDepth.ALL;
    try (TablePages pages = new TablePages(image)) {
      Optional<AddressSpaces> spaces =
          new RootFinder(image, pages, search, options.recordedRoots()).find(all, progress);
      return spaces.isPresent()
          ? walked(image, pages, spaces.get(), options)
          : PageMappings.none("none found");
    }
  }

  /** The facts from the tables under known roots. */
  static PageMappings walked(
      MemoryImage image, TablePages pages, AddressSpaces spaces, PageTableOptions options) {
    boolean users = options.depth() == PageTableDepth.ALL;
    MemoryTypeSources sources = MemoryTypeSources.of(options, spaces.system());
    MappingTypes types = sources.mappingTypes();
    FrameTable named = new FrameTable(image.extents());
    FrameTable byShape = new FrameTable(image.extents());
    Walks walks =
        walk(
            image,
            pages,
            spaces,
            users,
            new MappingCounter(named, types),
            new MappingCounter(byShape, types));
    Aliases aliases = aliases(image, spaces, types, named, byShape);
    if (aliases.aliasedPages() > 0) {
      walk(image, pages, spaces, users, both(aliases), aliases.byShape());
    }
    return new PageMappings(
        new PageMappings.Walked(image, spaces, users, sources, walks),
        new TableFacts(named, byShape, aliases));
  }

  private static Aliases aliases(
      MemoryImage image,
      AddressSpaces spaces,
      MappingTypes types,
      FrameTable named,
      FrameTable byShape) {
    Set<Long> roots = Set.copyOf(spaces.named());
    LongPredicate differ = at -> PageFacts.isAliased(named.factsOf(at));
    LongPredicate differWithShape =
        at -> PageFacts.isAliasedWith(named.factsOf(at), byShape.factsOf(at));
    List<PhysicalExtent> none = List.of();
    return new Aliases(
        AliasTable.of(differ, roots, spaces.named().isEmpty() ? none : image.extents(), types),
        AliasTable.of(
            differWithShape, roots, spaces.byShape().isEmpty() ? none : image.extents(), types));
  }

  /**
   * The facts from named roots are included in both: one of their mappings may be the first of an
   * alias.
   */
  private static WalkSink both(Aliases aliases) {
    return (root, virtualAddress, physicalAddress, count, entry, rights) -> {
      aliases.named().leaf(root, virtualAddress, physicalAddress, count, entry, rights);
      aliases.byShape().leaf(root, virtualAddress, physicalAddress, count, entry, rights);
    };
  }

  /**
   * The results of the walks.
   *
   * @param named the one from named roots
   * @param byShape the one from roots found by their shape, without tables already visited
   */
  record Walks(WalkSummary named, WalkSummary byShape) {}

  /** The same walks for all sinks: named roots first, then those found by their shape. */
  static Walks walk(
      MemoryImage image,
      TablePages pages,
      AddressSpaces spaces,
      boolean users,
      WalkSink named,
      WalkSink byShape) {
    long imagePages = image.extents().stream().mapToLong(PhysicalExtent::pageCount).sum();
    TableWalk walk = new TableWalk(pages, spaces.mode(), spaces.decoder(), imagePages);
    WalkSummary first = walk.walkNamed(spaces.named(), users, named);
    return new Walks(first, walk.walkByShape(spaces.byShape(), users, byShape));
  }
}
