package io.pagestream.images.pagetable;

import io.pagestream.images.detection.LeafTraits;
import io.pagestream.images.detection.MappingDetection;
import io.pagestream.images.detection.PageTraits;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.MappingAnomaly;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds the other location of anomalies: where else the first page of a region is mapped, as the
 * kernel's text, as executable memory or with its own cache type. Filled by a walk like the first.
 */
final class OtherLocations implements WalkSink {
  /** Bounds the comparisons, which forged tables could multiply. */
  private static final long MOST_COMPARISONS = 1L << 22;

  private final MappingTypes types;
  private final List<MappingAnomaly> wanted = new ArrayList<>();
  private final List<MappingDetection> detections = new ArrayList<>();
  private long comparisonsLeft = MOST_COMPARISONS;

  /** The anomalies of the definitions that have another location. */
  OtherLocations(AnomalyList found, MappingTypes types) {
    this.types = types;
    List<MappingAnomaly> all = new ArrayList<>();
    for (MappingDetection detection :
        List.of(
            MappingDetection.USER_MAPS_KERNEL_TEXT,
            MappingDetection.TEXT_WRITABLE_ALIAS,
            MappingDetection.WX_BY_ALIAS,
            MappingDetection.RAM_NOT_WB,
            MappingDetection.USER_MAPS_TABLE,
            MappingDetection.TABLE_WITH_USER_MAPPING)) {
      all.addAll(found.of(detection));
    }
    all.sort(Comparator.comparingLong(MappingAnomaly::getPhysicalAddress));
    for (MappingAnomaly anomaly : all) {
      wanted.add(anomaly);
      detections.add(MappingDetection.of(anomaly.getDefinition()).orElseThrow());
    }
  }

  /** Whether there is nothing to look for. */
  boolean isEmpty() {
    return wanted.isEmpty();
  }

  /** Whether the search was given up, so that other locations may be missing. */
  boolean gaveUp() {
    return comparisonsLeft < 0;
  }

  @Override
  public void leaf(
      long root, long virtualAddress, long physicalAddress, long pages, long entry, long rights) {
    long end = physicalAddress + Pages.address(pages);
    int index = firstFrom(physicalAddress);
    if (index == wanted.size() || wanted.get(index).getPhysicalAddress() >= end) {
      return; // nearly all mappings
    }
    int leaf = LeafTraits.of(virtualAddress, entry, rights);
    int patIndex = EntryDecoder.patIndex(entry, pages > 1);
    for (; index < wanted.size() && wanted.get(index).getPhysicalAddress() < end; index++) {
      if (comparisonsLeft-- < 0) {
        comparisonsLeft = -1;
        return;
      }
      MappingAnomaly anomaly = wanted.get(index);
      long at = anomaly.getPhysicalAddress();
      long virtual = virtualAddress + (at - physicalAddress);
      boolean other = virtual != anomaly.getVirtualAddress() || root != anomaly.getRoot();
      if (anomaly.getOtherRoot() == 0
          && other
          && isOther(detections.get(index), leaf, types.typeAt(at, patIndex))) {
        anomaly.setOtherRoot(root);
        anomaly.setOtherVirtualAddress(virtual);
        anomaly.setOtherEntry(entry);
      }
    }
  }

  private static boolean isOther(MappingDetection detection, int leaf, CacheType type) {
    return switch (detection) {
      case USER_MAPS_KERNEL_TEXT, TEXT_WRITABLE_ALIAS ->
          (PageTraits.sectionOf(leaf) & (PageTraits.TEXT | PageTraits.RODATA)) != 0;
      case WX_BY_ALIAS -> LeafTraits.isKernelExecutable(leaf);
      case RAM_NOT_WB -> type == CacheType.WRITE_BACK;
      case TABLE_WITH_USER_MAPPING -> LeafTraits.has(leaf, LeafTraits.USER);
      default -> false;
    };
  }

  /** A page that user mode may access is a table at this address. */
  @Override
  public void table(long root, long virtualAddress, long physicalAddress, int level) {
    for (int index = firstFrom(physicalAddress);
        index < wanted.size() && wanted.get(index).getPhysicalAddress() == physicalAddress;
        index++) {
      MappingAnomaly anomaly = wanted.get(index);
      if (detections.get(index) == MappingDetection.USER_MAPS_TABLE
          && anomaly.getOtherRoot() == 0) {
        anomaly.setOtherRoot(root);
        anomaly.setOtherVirtualAddress(virtualAddress);
        anomaly.setDetail("table of level " + level);
      }
    }
  }

  @Override
  public void distrusted(long root, long virtualAddress, long physicalAddress, int level) {
    table(root, virtualAddress, physicalAddress, level);
  }

  private int firstFrom(long physicalAddress) {
    int low = 0;
    int high = wanted.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (wanted.get(middle).getPhysicalAddress() < physicalAddress) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
