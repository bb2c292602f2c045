package io.pagestream.producer.pagetable;

import io.pagestream.producer.image.MemoryImage;
import io.pagestream.producer.image.PageTableDepth;
import io.pagestream.producer.image.PhysicalExtent;
import java.util.Optional;

/** Reads an image's page tables: finds the roots, walks the tables, and counts the mappings. */
public final class PageTables {
  private PageTables() {}

  /**
   * What the page tables say of each page.
   *
   * @param image stays open as long as the result is asked for mappings of single pages
   * @throws InterruptedException if {@code progress} does
   */
  public static PageMappings read(
      MemoryImage image, PageTableOptions options, PageTableProgress progress)
      throws InterruptedException {
    if (options.depth() == PageTableDepth.OFF) {
      return PageMappings.none("not read: switched off");
    }
    Optional<String> foreign = RootFinder.foreignMachine(image.facts().hints());
    if (foreign.isPresent()) {
      return PageMappings.none("not read: the machine is " + foreign.get());
    }
    boolean all = options.depth() == PageTableDepth.ALL;
    try (TablePages pages = new TablePages(image)) {
      Optional<AddressSpaces> spaces = new RootFinder(image, pages).find(all, progress);
      return spaces.isPresent()
          ? walked(image, pages, spaces.get(), options)
          : PageMappings.none("none found");
    }
  }

  /** What the tables under known roots say. */
  static PageMappings walked(
      MemoryImage image, TablePages pages, AddressSpaces spaces, PageTableOptions options) {
    boolean users = options.depth() == PageTableDepth.ALL;
    MemoryTypeSources sources = MemoryTypeSources.of(options, spaces.system());
    FrameTable frames = new FrameTable(image.extents());
    MappingCounter counter = new MappingCounter(frames, sources.mappingTypes());
    WalkSummary summary = walk(image, pages, spaces, users, counter);
    AliasTable aliases = AliasTable.of(frames, image.extents(), sources.mappingTypes());
    if (aliases.aliasedPages() > 0) {
      walk(image, pages, spaces, users, aliases);
    }
    return new PageMappings(
        new PageMappings.Walked(image, spaces, users, sources, summary), frames, aliases);
  }

  /** The same walk for every sink. */
  static WalkSummary walk(
      MemoryImage image, TablePages pages, AddressSpaces spaces, boolean users, WalkSink sink) {
    long imagePages = image.extents().stream().mapToLong(PhysicalExtent::pageCount).sum();
    return new TableWalk(pages, spaces.mode(), spaces.decoder(), imagePages, sink)
        .walk(spaces.roots(), users);
  }
}
