package io.pagestream.images.pagetable;

import io.pagestream.images.detection.LeafTraits;
import io.pagestream.images.detection.MappingDetection;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.Confidence;
import io.pagestream.schemas.avro.MappingAnomaly;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Anomalies by definition. Mappings of consecutive pages are joined to regions. Each definition has
 * a limit of its own, separately for named roots and for those found by their shape, so that forged
 * tables can crowd out nothing else.
 */
final class AnomalyList {
  /** Maximum number of regions for a definition and a kind of root. */
  static final int MOST_REGIONS = 1024;

  private final Map<MappingDetection, List<MappingAnomaly>> named = lists();
  private final Map<MappingDetection, List<MappingAnomaly>> byShape = lists();
  private final Map<MappingDetection, Long> beyond = new EnumMap<>(MappingDetection.class);

  private static Map<MappingDetection, List<MappingAnomaly>> lists() {
    Map<MappingDetection, List<MappingAnomaly>> lists = new EnumMap<>(MappingDetection.class);
    for (MappingDetection detection : MappingDetection.values()) {
      lists.put(detection, new ArrayList<>());
    }
    return lists;
  }

  /**
   * A mapping of consecutive pages that is alike for all of them.
   *
   * @param leaf {@link LeafTraits}
   * @param leafPages pages that the whole entry maps
   * @param rootByShape whether the root was found by its shape
   * @param low whether the confidence is low for another reason
   */
  record Mapped(
      MappingDetection detection,
      long root,
      boolean rootByShape,
      long virtualAddress,
      long physicalAddress,
      long pageCount,
      int leaf,
      long leafPages,
      long entry,
      long entryAddress,
      CacheType type,
      boolean low) {}

  /** Adds a mapping, or lengthens the region before it. */
  void add(Mapped mapped) {
    List<MappingAnomaly> list = listOf(mapped.detection(), mapped.rootByShape());
    MappingAnomaly last = list.isEmpty() ? null : list.getLast();
    if (last != null && continues(last, mapped)) {
      last.setPageCount(last.getPageCount() + mapped.pageCount());
      return;
    }
    MappingAnomaly anomaly = add(mapped.detection(), mapped.rootByShape(), mapped.low());
    if (anomaly != null) {
      anomaly.setRoot(mapped.root());
      anomaly.setVirtualAddress(mapped.virtualAddress());
      anomaly.setPhysicalAddress(mapped.physicalAddress());
      anomaly.setPageCount(mapped.pageCount());
      anomaly.setEntry(mapped.entry());
      anomaly.setEntryAddress(mapped.entryAddress());
      anomaly.setLeafPages(mapped.leafPages());
      anomaly.setUser(LeafTraits.has(mapped.leaf(), LeafTraits.USER));
      anomaly.setWritable(LeafTraits.has(mapped.leaf(), LeafTraits.WRITABLE));
      anomaly.setExecutable(LeafTraits.has(mapped.leaf(), LeafTraits.EXECUTABLE));
      anomaly.setCacheType(mapped.type());
    }
  }

  private static boolean continues(MappingAnomaly last, Mapped mapped) {
    long bytes = Pages.address(last.getPageCount());
    return last.getPhysicalAddress() + bytes == mapped.physicalAddress()
        && last.getVirtualAddress() + bytes == mapped.virtualAddress()
        && last.getRoot() == mapped.root()
        && last.getLeafPages() == mapped.leafPages()
        && last.getUser() == LeafTraits.has(mapped.leaf(), LeafTraits.USER)
        && last.getWritable() == LeafTraits.has(mapped.leaf(), LeafTraits.WRITABLE)
        && last.getExecutable() == LeafTraits.has(mapped.leaf(), LeafTraits.EXECUTABLE)
        && last.getCacheType() == mapped.type()
        && (last.getConfidence() == Confidence.LOW)
            == (mapped.low() || mapped.rootByShape() || mapped.detection().isListed());
  }

  /**
   * An anomaly to be filled.
   *
   * @return null if there are too many of them
   */
  @Nullable MappingAnomaly add(MappingDetection detection, boolean rootByShape, boolean low) {
    List<MappingAnomaly> list = listOf(detection, rootByShape);
    if (list.size() >= MOST_REGIONS) {
      countBeyond(detection);
      return null;
    }
    // Not by its builder, whose defaults need a codec to have been used before.
    MappingAnomaly anomaly = new MappingAnomaly();
    anomaly.setDefinition(detection.id());
    anomaly.setConfidence(low || rootByShape ? Confidence.LOW : detection.confidence());
    anomaly.setRootByShape(rootByShape);
    anomaly.setCacheType(CacheType.UNKNOWN);
    anomaly.setOwner("");
    anomaly.setDetail("");
    list.add(anomaly);
    return anomaly;
  }

  private List<MappingAnomaly> listOf(MappingDetection detection, boolean rootByShape) {
    return (rootByShape ? byShape : named).getOrDefault(detection, List.of());
  }

  /** The anomalies of a definition, those of named roots first. */
  List<MappingAnomaly> of(MappingDetection detection) {
    return Stream.concat(listOf(detection, false).stream(), listOf(detection, true).stream())
        .toList();
  }

  /** Removes those of a definition that are under roots found by their shape. */
  void removeByShape(MappingDetection detection, LongPredicate roots) {
    listOf(detection, true).removeIf(anomaly -> roots.test(anomaly.getRoot()));
  }

  /** Number of regions of a definition that are not kept. */
  long beyond(MappingDetection detection) {
    return beyond.getOrDefault(detection, 0L);
  }

  /** One more region of a definition that is not kept. */
  void countBeyond(MappingDetection detection) {
    beyond.merge(detection, 1L, Long::sum);
  }
}
