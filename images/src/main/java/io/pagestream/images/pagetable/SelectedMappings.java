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
    StretchCollector collector =
        new StretchCollector(
            Intervals.of(pages, PhysicalExtent::physicalAddress, PhysicalExtent::endAddress),
            types);
    WalkSink both =
        new WalkSink() {
          @Override
          public void leaf(
              long root, long virtual, long physical, long count, long entry, long rights) {
            counter.leaf(root, virtual, physical, count, entry, rights);
            collector.leaf(root, virtual, physical, count, entry, rights);
          }

          @Override
          public void table(long physicalAddress) {
            counter.table(physicalAddress);
          }
        };
    long imagePages = image.extents().stream().mapToLong(PhysicalExtent::pageCount).sum();
    TableWalk walk = new TableWalk(tables, spaces.mode(), spaces.decoder(), imagePages);
    boolean users = options.depth() == PageTableDepth.ALL;
    WalkSummary summary = walk.walkNamed(spaces.named(), users, both);
    List<String> warnings = new ArrayList<>(summary.warnings());
    if (collector.beyond() > 0) {
      warnings.add("%,d more mappings are not listed".formatted(collector.beyond()));
    }
    return new SelectedMappings(
        "%s, %s".formatted(spaces.mode().title(), spaces.system().title()),
        spaces.named(),
        frames,
        summary.isComplete() ? CacheType.NOT_ESTABLISHED : CacheType.UNKNOWN,
        collector.stretches(),
        warnings);
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
