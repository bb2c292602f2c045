package io.pagestream.images.pagetable;

import io.pagestream.images.detection.DetectionRules;
import io.pagestream.images.detection.LeafTraits;
import io.pagestream.images.detection.MappingDetection;
import io.pagestream.images.detection.PageTraits;
import io.pagestream.images.interval.Intervals;
import io.pagestream.images.memorytype.MemoryTypeRanges;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.MappingAnomaly;
import io.pagestream.schemas.page.Pages;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Applies the definitions to the leaves, tables and malformed entries of a walk, after the traits
 * of all pages have been collected by an earlier walk.
 */
final class AnomalyCollector implements WalkSink {
  /** Linux puts the table of the real-mode trampoline below 1 MiB (arch/x86/realmode/init.c). */
  private static final long LOW_MEMORY = 1L << 20;

  /**
   * Parts of large leaves to which the definitions are applied in any image: forged tables can map
   * a page with many of them. The number of small leaves is bounded by that of the tables.
   */
  private static final long BASE_WORK = 1L << 22;

  private static final long WORK_PER_PAGE = 4;

  private final TableWalk walk;
  private final PagingMode mode;
  private final PageTraitsTable traits;
  private final MappingTypes types;
  private final @Nullable Intervals ram;
  private final MemoryTypeRanges recorded;
  private final boolean byShape;
  private final AnomalyList found;
  private long workLeft;
  private final Map<Long, Place> atTwoLevels = new HashMap<>();
  private final Set<Long> userRoots = new HashSet<>();

  /** Where a page was first seen as a table. */
  private record Place(MappingAnomaly anomaly, int level, boolean complete) {}

  /**
   * A collector.
   *
   * @param walk the walk whose results it receives
   * @param imagePages pages of the image, which bounds the work
   * @param recorded the kernel's record of memory types
   * @param byShape whether the roots were found by their shape
   */
  AnomalyCollector(
      TableWalk walk,
      long imagePages,
      PagingMode mode,
      PageTraitsTable traits,
      MappingTypes types,
      @Nullable Intervals ram,
      MemoryTypeRanges recorded,
      boolean byShape,
      AnomalyList found) {
    this.walk = walk;
    this.mode = mode;
    this.traits = traits;
    this.types = types;
    this.ram = ram;
    this.recorded = recorded;
    this.byShape = byShape;
    this.found = found;
    this.workLeft = BASE_WORK + WORK_PER_PAGE * imagePages;
  }

  /** Whether there were more parts of large leaves than the definitions are applied to. */
  boolean gaveUp() {
    return workLeft < 0;
  }

  @Override
  public void leaf(
      long root, long virtualAddress, long physicalAddress, long pages, long entry, long rights) {
    int leaf = LeafTraits.of(virtualAddress, entry, rights);
    if (byShape && LeafTraits.has(leaf, LeafTraits.USER)) {
      userRoots.add(root);
    }
    int ofLeaf = DetectionRules.ofLeaf(leaf);
    if (root < LOW_MEMORY && MappingDetection.KERNEL_IN_USER_HALF.isIn(ofLeaf)) {
      return; // the trampoline's copy of the direct map
    }
    int patIndex = EntryDecoder.patIndex(entry, pages > 1);
    long end = physicalAddress + Pages.address(pages);
    for (long at = physicalAddress; at < end && workLeft >= 0; ) {
      workLeft -= pages == 1 ? 0 : 1;
      long next = pages == 1 ? end : endOfEqual(at, end);
      int page = traits.of(at);
      int result = ofLeaf | DetectionRules.ofPage(leaf, page);
      if (ram != null) {
        boolean memory = ram.contains(at);
        result |= DetectionRules.ofRange(leaf, at, memory, types.typeAt(at, patIndex));
        result |= DetectionRules.ofRecord(memory, types.patType(patIndex), recorded.typeAt(at));
      }
      if (result != 0) {
        CacheType type = types.typeAt(at, patIndex);
        long virtual = virtualAddress + (at - physicalAddress);
        long entryAddress = entryAddress(virtualAddress, levelOf(pages));
        for (MappingDetection detection : MappingDetection.in(result)) {
          found.add(
              new AnomalyList.Mapped(
                  detection,
                  root,
                  byShape,
                  virtual,
                  at,
                  Pages.frameNumber(next - at),
                  leaf,
                  pages,
                  entry,
                  entryAddress,
                  type,
                  DetectionRules.dependsOnShape(detection, page)));
        }
      }
      at = next;
    }
  }

  private long endOfEqual(long at, long end) {
    long next = Math.min(traits.endOfEqual(at, end), types.endOfInterval(at));
    next = Math.min(next, recorded.end(recorded.indexAt(at)));
    if (ram != null) {
      int index = ram.firstAfter(at);
      if (index < ram.size()) {
        next = Math.min(next, ram.start(index) > at ? ram.start(index) : ram.end(index));
      }
    }
    // Bounds of ranges need not be page aligned; each page is judged by its first byte.
    return Math.min(end, Math.max(at + Pages.SIZE, Pages.ceil(next)));
  }

  private int levelOf(long pages) {
    int level = 1;
    while (mode.pages(level) < pages) {
      level++;
    }
    return level;
  }

  private long entryAddress(long virtualAddress, int level) {
    long index = (virtualAddress >>> mode.shift(level)) & (mode.entries(level) - 1);
    return walk.currentTable() + index * mode.entryBytes();
  }

  @Override
  public void malformed(long root, long virtualAddress, int level, long entry) {
    MappingAnomaly anomaly = found.add(MappingDetection.RESERVED_BITS, byShape, false);
    if (anomaly != null) {
      long entryAddress = entryAddress(virtualAddress, level);
      anomaly.setRoot(root);
      anomaly.setVirtualAddress(virtualAddress);
      anomaly.setPhysicalAddress(entryAddress);
      anomaly.setEntryAddress(entryAddress);
      anomaly.setEntry(entry);
      anomaly.setDetail("level " + level);
    }
  }

  @Override
  public void table(long root, long virtualAddress, long physicalAddress, int level) {
    int page = traits.of(physicalAddress);
    if (PageTraits.isTableAtTwoLevels(page)) {
      atTwoLevels.compute(
          physicalAddress,
          (table, place) ->
              place == null
                  ? atFirstLevel(root, virtualAddress, table, level)
                  : place.complete() || place.level() == level
                      ? place
                      : atSecondLevel(place, root, virtualAddress, level));
    }
    if ((page & PageTraits.USER) != 0 && traits.report(physicalAddress)) {
      MappingAnomaly anomaly =
          table(MappingDetection.TABLE_WITH_USER_MAPPING, root, virtualAddress, physicalAddress);
      if (anomaly != null) {
        anomaly.setDetail("table of level " + level);
      }
    }
  }

  private @Nullable MappingAnomaly table(
      MappingDetection detection, long root, long virtualAddress, long table) {
    MappingAnomaly anomaly = found.add(detection, byShape, false);
    if (anomaly != null) {
      anomaly.setRoot(root);
      anomaly.setVirtualAddress(virtualAddress);
      anomaly.setPhysicalAddress(table);
      anomaly.setPageCount(1);
    }
    return anomaly;
  }

  @Override
  public void distrusted(long root, long virtualAddress, long physicalAddress, int level) {
    table(root, virtualAddress, physicalAddress, level);
  }

  private @Nullable Place atFirstLevel(long root, long virtualAddress, long table, int level) {
    MappingAnomaly anomaly =
        table(MappingDetection.TABLE_AT_TWO_LEVELS, root, virtualAddress, table);
    return anomaly == null ? null : new Place(anomaly, level, false);
  }

  private static Place atSecondLevel(Place first, long root, long virtualAddress, int level) {
    first.anomaly().setOtherRoot(root);
    first.anomaly().setOtherVirtualAddress(virtualAddress);
    first.anomaly().setDetail("table of levels %d and %d".formatted(first.level(), level));
    return new Place(first.anomaly(), first.level(), true);
  }

  /**
   * Removes mappings of the kernel in the user's half of roots without any user memory, if they
   * were found by their shape: such address spaces are the kernel's own, as that of EFI.
   */
  void removeKernelSpaces() {
    if (byShape) {
      found.removeByShape(MappingDetection.KERNEL_IN_USER_HALF, root -> !userRoots.contains(root));
    }
  }
}
