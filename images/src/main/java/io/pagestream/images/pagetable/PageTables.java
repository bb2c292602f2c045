package io.pagestream.images.pagetable;

import io.pagestream.images.memory.MemoryImage;
import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.page.Pages;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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

  /**
   * Determines how selected pages are mapped, in the image or not, under the page-table roots that
   * the image or the user names. The image is not searched for roots.
   *
   * @param root a root that the user names, or CR3 with its low bits; empty if none
   * @param pages the pages: sorted, disjoint
   */
  public static SelectedMappings select(
      MemoryImage image, PageTableOptions options, OptionalLong root, List<PhysicalExtent> pages) {
    if (options.depth() == PageTableDepth.OFF) {
      return SelectedMappings.none("not read: disabled");
    }
    Optional<String> foreign = RootFinder.foreignMachine(image.facts().machine());
    if (foreign.isPresent()) {
      return SelectedMappings.none("not read: the machine is " + foreign.get());
    }
    try (TablePages tables = new TablePages(image)) {
      Optional<AddressSpaces> spaces =
          new RootFinder(image, tables, new PageSearch(image), options.recordedRoots()).named(root);
      return spaces.isPresent()
          ? SelectedMappings.walk(image, tables, spaces.get(), options, pages)
          : SelectedMappings.none("the image names no page-table root");
    }
  }

  /**
   * Translates virtual addresses by the page tables under a root that the user names.
   *
   * @param root physical address of the top-level table, or CR3 with its low bits
   * @param virtualAddress first address, in bytes
   * @param pageCount number of pages from the one that contains it
   * @return the pages in ascending order; ones that are not mapped are included
   * @throws PagestreamException {@link ErrorCode#USAGE} if the image does not contain the root, or
   *     the range needs too much work
   */
  public static List<TranslatedPages> translate(
      MemoryImage image, long root, long virtualAddress, long pageCount) {
    try (TablePages tables = new TablePages(image)) {
      if (!tables.covers(Pages.floor(root))) {
        throw PagestreamException.of(
            ErrorCode.USAGE,
            "the image does not contain a page-table root at 0x%x".formatted(root),
            "give the physical address of a top-level table (CR3); 'pagestream inspect' lists"
                + " the image's ranges");
      }
      AddressSpaces spaces =
          new RootFinder(image, tables, new PageSearch(image), List.of())
              .named(OptionalLong.of(root))
              .orElseThrow();
      return new AddressTranslation(tables, spaces.mode(), spaces.decoder())
          .of(spaces.named().getFirst(), virtualAddress, pageCount);
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
    UserMappedTables suspicious = new UserMappedTables(image.extents());
    boolean detecting = AnomalySearch.applies(spaces);
    PageTraitsTable traits = AnomalySearch.traits(image, spaces, options.detection());
    Walks walks =
        walk(
            image,
            pages,
            spaces,
            users,
            table -> false,
            WalkSink.both(counter(named, types, detecting, traits.named()), suspicious),
            counter(byShape, types, detecting, traits.byShape()));
    ForgedTables forged =
        suspicious.count() == 0
            ? ForgedTables.NONE
            : ForgedTables.of(image, pages, spaces, users, suspicious);
    LongPredicate distrusted = forged::contains;
    if (!forged.isEmpty()) {
      named = new FrameTable(image.extents());
      byShape = new FrameTable(image.extents());
      traits = AnomalySearch.traits(image, spaces, options.detection());
      walks =
          walk(
              image,
              pages,
              spaces,
              users,
              distrusted,
              counter(named, types, detecting, traits.named()),
              counter(byShape, types, detecting, traits.byShape()));
    }
    Aliases aliases = aliases(image, spaces, types, named, byShape);
    if (aliases.aliasedPages() > 0) {
      walk(
          image,
          pages,
          spaces,
          users,
          distrusted,
          WalkSink.both(aliases.named(), aliases.byShape()),
          aliases.byShape());
    }
    Anomalies anomalies =
        detecting
            ? new AnomalySearch(image, pages, spaces, users, types, options.detection())
                .search(
                    traits,
                    options.detection().ranges()
                        ? RamByMappings.of(options.detection(), named, byShape)
                        : null,
                    kernelRoot(image, options),
                    distrusted)
            : Anomalies.none("not applied: the system is not Linux for x86-64");
    return new PageMappings(
        new PageMappings.Walked(image, spaces, users, sources, walks, forged),
        new TableFacts(named, byShape, aliases, anomalies));
  }

  private static WalkSink counter(
      FrameTable frames, MappingTypes types, boolean detecting, WalkSink traits) {
    WalkSink counter = new MappingCounter(frames, types);
    return detecting ? WalkSink.both(counter, traits) : counter;
  }

  /** The kernel's own top-level table, by VMCOREINFO or its records. */
  private static OptionalLong kernelRoot(MemoryImage image, PageTableOptions options) {
    OptionalLong hinted = HintedRoots.of(image.facts().machine()).kernel();
    return hinted.isPresent()
        ? hinted
        : options.recordedRoots().stream().mapToLong(Pages::floor).findFirst();
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
   * The results of the walks.
   *
   * @param named the one from named roots
   * @param byShape the one from roots found by their shape, without tables already visited
   */
  record Walks(WalkSummary named, WalkSummary byShape) {}

  /**
   * The same walks for all sinks: named roots first, then those found by their shape.
   *
   * @param distrusted tables that are walked with those found by their shape
   */
  static Walks walk(
      MemoryImage image,
      TablePages pages,
      AddressSpaces spaces,
      boolean users,
      LongPredicate distrusted,
      WalkSink named,
      WalkSink byShape) {
    long imagePages = image.extents().stream().mapToLong(PhysicalExtent::pageCount).sum();
    TableWalk walk = new TableWalk(pages, spaces.mode(), spaces.decoder(), imagePages, distrusted);
    WalkSummary first = walk.walkNamed(spaces.named(), users, named);
    return new Walks(first, walk.walkByShape(spaces.byShape(), users, byShape));
  }
}
