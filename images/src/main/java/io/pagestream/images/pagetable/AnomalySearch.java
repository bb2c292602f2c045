package io.pagestream.images.pagetable;

import io.pagestream.images.detection.MappingDetection;
import io.pagestream.images.interval.Intervals;
import io.pagestream.images.memory.MemoryImage;
import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.schemas.avro.MappingAnomaly;
import java.util.OptionalLong;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Searches page tables for mappings that satisfy the definitions of docs/mapping-detections.md. The
 * definitions are those of Linux on x86-64.
 */
final class AnomalySearch {
  private final MemoryImage image;
  private final TablePages pages;
  private final AddressSpaces spaces;
  private final boolean users;
  private final MappingTypes types;
  private final DetectionFacts facts;

  /**
   * A search.
   *
   * @param users whether the users' halves are walked
   */
  AnomalySearch(
      MemoryImage image,
      TablePages pages,
      AddressSpaces spaces,
      boolean users,
      MappingTypes types,
      DetectionFacts facts) {
    this.image = image;
    this.pages = pages;
    this.spaces = spaces;
    this.users = users;
    this.types = types;
    this.facts = facts;
  }

  /** Whether the definitions apply to a system. */
  static boolean applies(AddressSpaces spaces) {
    return spaces.system() == GuestSystem.LINUX && spaces.mode().isLong();
  }

  /** A table for the traits of its pages, to be filled by walks before the search. */
  static PageTraitsTable traits(MemoryImage image, AddressSpaces spaces, DetectionFacts facts) {
    return new PageTraitsTable(image.extents(), !spaces.named().isEmpty(), facts);
  }

  /**
   * The anomalies.
   *
   * @param traits of all pages
   * @param kernel the kernel's own table, by its records or VMCOREINFO
   * @param ram where RAM is, see {@link RamByMappings}; null if it is not known
   * @param distrusted tables that are walked with the roots found by their shape
   */
  Anomalies search(
      PageTraitsTable traits,
      @Nullable Intervals ram,
      OptionalLong kernel,
      LongPredicate distrusted) {
    traits.finish();
    AnomalyList found = new AnomalyList();
    TableWalk walk = walk(distrusted);
    AnomalyCollector named = collector(walk, traits, ram, false, found);
    AnomalyCollector byShape = collector(walk, traits, ram, true, found);
    walk.walkNamed(spaces.named(), users, named);
    walk.walkByShape(spaces.byShape(), users, byShape);
    byShape.removeKernelSpaces();
    new KernelHalfDifferences(pages, spaces).addTo(found, kernel);
    OtherLocations others = new OtherLocations(found, types);
    boolean gaveUp = named.gaveUp() || byShape.gaveUp();
    if (!others.isEmpty() && !gaveUp) {
      TableWalk again = walk(distrusted);
      again.walkNamed(spaces.named(), users, others);
      again.walkByShape(spaces.byShape(), users, others);
    }
    setOwners(found);
    return Anomalies.of(found, image.extents(), others.gaveUp(), gaveUp);
  }

  private TableWalk walk(LongPredicate distrusted) {
    return new TableWalk(pages, spaces.mode(), spaces.decoder(), imagePages(), distrusted);
  }

  private long imagePages() {
    return image.extents().stream().mapToLong(PhysicalExtent::pageCount).sum();
  }

  private AnomalyCollector collector(
      TableWalk walk,
      PageTraitsTable traits,
      @Nullable Intervals ram,
      boolean byShape,
      AnomalyList found) {
    return new AnomalyCollector(
        walk,
        imagePages(),
        spaces.mode(),
        traits,
        types,
        ram,
        facts.recordedTypes(),
        byShape,
        found);
  }

  private void setOwners(AnomalyList found) {
    SharedRoots shared = null;
    for (MappingDetection detection : MappingDetection.values()) {
      for (MappingAnomaly anomaly : found.of(detection)) {
        String name = facts.rootNames().getOrDefault(anomaly.getRoot(), "");
        if (anomaly.getVirtualAddress() < 0) {
          shared = shared == null ? new SharedRoots(pages, spaces) : shared;
          int roots = shared.count(anomaly.getRoot(), anomaly.getVirtualAddress());
          name = roots > 1 ? "kernel (shared by %d roots)".formatted(roots) : name;
        }
        anomaly.setOwner(name);
      }
    }
  }
}
