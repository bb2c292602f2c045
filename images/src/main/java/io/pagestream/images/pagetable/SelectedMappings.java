package io.pagestream.images.pagetable;

import io.pagestream.images.interval.Intervals;
import io.pagestream.images.memory.MemoryImage;
import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.MappingSpan;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How selected pages are mapped under named page-table roots. Unlike {@link PageMappings} it also
 * covers pages outside the image, such as the memory of devices, and no other pages.
 */
public final class SelectedMappings {
  private final String state;
  private final List<Long> roots;
  private final @Nullable FrameTable frames;
  private final CacheType unmapped;
  private final List<MappingStretch> stretches;
  private final List<String> warnings;

  /**
   * Pages with equal facts.
   *
   * @param start physical address of the first page
   * @param end physical address after the last page
   * @param span the facts; its position in a run is 0, its length at most 2^31 - 1
   */
  public record Piece(long start, long end, MappingSpan span) {}

  private SelectedMappings(
      String state,
      List<Long> roots,
      @Nullable FrameTable frames,
      CacheType unmapped,
      List<MappingStretch> stretches,
      List<String> warnings) {
    this.state = state;
    this.roots = List.copyOf(roots);
    this.frames = frames;
    this.unmapped = unmapped;
    this.stretches = stretches;
    this.warnings = List.copyOf(warnings);
  }

  static SelectedMappings none(String state) {
    return new SelectedMappings(state, List.of(), null, CacheType.UNKNOWN, List.of(), List.of());
  }

  static SelectedMappings walk(
      MemoryImage image,
      TablePages tables,
      AddressSpaces spaces,
      PageTableOptions options,
      List<PhysicalExtent> pages) {
    MappingTypes types = MemoryTypeSources.of(options, spaces.system()).mappingTypes();
    FrameTable frames = new FrameTable(pages);
    MappingCounter counter = new MappingCounter(frames, types);
    Intervals selected =
        Intervals.of(pages, PhysicalExtent::physicalAddress, PhysicalExtent::endAddress);
    StretchCollector collector = new StretchCollector(selected, types);
    long imagePages = image.extents().stream().mapToLong(PhysicalExtent::pageCount).sum();
    boolean users = options.depth() == PageTableDepth.ALL;
    UserMappedTables suspicious = new UserMappedTables(image.extents());
    WalkSummary summary =
        new TableWalk(tables, spaces.mode(), spaces.decoder(), imagePages)
            .walkNamed(
                spaces.named(),
                users,
                WalkSink.both(WalkSink.both(counter, collector), suspicious));
    ForgedTables forged =
        suspicious.count() == 0
            ? ForgedTables.NONE
            : ForgedTables.of(image, tables, spaces, users, suspicious);
    if (!forged.isEmpty()) {
      frames = new FrameTable(pages);
      collector = new StretchCollector(selected, types);
      summary =
          new TableWalk(tables, spaces.mode(), spaces.decoder(), imagePages, forged::contains)
              .walkNamed(
                  spaces.named(),
                  users,
                  WalkSink.both(new MappingCounter(frames, types), collector));
    }
    List<String> warnings = new ArrayList<>(summary.warnings());
    PageMappings.forgedTables(forged).ifPresent(warnings::add);
    if (collector.beyond() > 0) {
      warnings.add("%,d more mappings are not listed".formatted(collector.beyond()));
    }
    return new SelectedMappings(
        "%s, %s".formatted(spaces.mode().title(), spaces.system().title()),
        spaces.named(),
        frames,
        summary.isComplete() ? CacheType.NOT_ESTABLISHED : CacheType.UNKNOWN,
        shared(collector.stretches(), new SharedRoots(tables, spaces)),
        warnings);
  }

  private static List<MappingStretch> shared(List<MappingStretch> stretches, SharedRoots roots) {
    return stretches.stream()
        .map(each ->
            new MappingStretch(roots.of(each.first()), each.physicalAddress(), each.pageCount()))
        .toList();
  }

  /** Whether page tables were read. */
  public boolean wereRead() {
    return frames != null;
  }

  /** Paging mode and system, or why no page tables were read. */
  public String state() {
    return state;
  }

  /** Physical addresses of the top-level tables that were walked, in bytes. */
  public List<Long> roots() {
    return roots;
  }

  /** Problems of the walk, in sentences. */
  public List<String> warnings() {
    return warnings;
  }

  /** Pages from {@code start} to {@code end} by their facts; empty if no tables were read. */
  public List<Piece> pieces(long start, long end) {
    FrameTable known = frames;
    if (known == null) {
      return List.of();
    }
    List<Piece> pieces = new ArrayList<>();
    for (long at = start; at < end; ) {
      long next = known.endOfEqual(at, end);
      int count = (int) Math.min(Pages.frameNumber(next - at), Integer.MAX_VALUE);
      pieces.add(
          new Piece(at, next, TableFacts.span(0, count, known.factsOf(at), 0, null, unmapped)));
      at = next;
    }
    return pieces;
  }

  /** The first mapping of a page whose type is known, in the order of the walk. */
  public Optional<MappingStretch> establishing(long physicalAddress) {
    return stretches.stream()
        .filter(stretch -> stretch.covers(physicalAddress))
        .filter(stretch -> stretch.first().effectiveType() != CacheType.UNKNOWN)
        .findFirst();
  }

  /** The first mapping of a page whose type is known and differs from a given one. */
  public Optional<MappingStretch> conflicting(long physicalAddress, CacheType type) {
    return stretches.stream()
        .filter(stretch -> stretch.covers(physicalAddress))
        .filter(stretch ->
            stretch.first().effectiveType() != CacheType.UNKNOWN
                && stretch.first().effectiveType() != type)
        .findFirst();
  }
}
