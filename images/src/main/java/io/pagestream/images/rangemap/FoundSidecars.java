package io.pagestream.images.rangemap;

import io.pagestream.images.interval.Interval;
import io.pagestream.images.memory.MemoryImage;
import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.images.rangesource.RangesJson;
import io.pagestream.images.rangesource.SideFacts;
import io.pagestream.images.rangesource.SideFileKind;
import io.pagestream.images.rangesource.SideFileReader;
import io.pagestream.images.rangesource.SideFiles;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.doubt.DoubtReason;
import io.pagestream.schemas.page.Pages;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Sidecars that were found by their names and changed the result. Any user who can put a file next
 * to an image can change the range map, so each such file is reported, with the addresses for which
 * the map would differ without it.
 */
public final class FoundSidecars {
  private FoundSidecars() {}

  /**
   * A doubt for each range changed by a sidecar that was found by its name.
   *
   * @param sideFiles all sidecars of the image
   * @param foundSideFiles those of them that were found by their names
   * @param facts the content of all of them, and the kernel's own records
   * @param others adds the kernel's own records to the content of sidecars
   * @param map the map made with them
   */
  public static List<Doubt> doubts(
      MemoryImage image,
      SideFiles sideFiles,
      SideFiles foundSideFiles,
      SideFacts facts,
      UnaryOperator<SideFacts> others,
      PhysicalMap map) {
    List<Doubt> doubts = new ArrayList<>();
    for (Map.Entry<SideFileKind, Path> found : foundSideFiles.all()) {
      SideFiles without = sideFiles.without(found.getValue());
      add(image, found, others.apply(SideFileReader.read(without)), facts, map, doubts);
    }
    return doubts;
  }

  private static void add(
      MemoryImage image,
      Map.Entry<SideFileKind, Path> found,
      SideFacts otherFacts,
      SideFacts facts,
      PhysicalMap map,
      List<Doubt> doubts) {
    String message = message(found.getKey(), found.getValue());
    if (placesBytes(image, found)) {
      for (PhysicalExtent extent : image.extents()) {
        doubts.add(
            DoubtReason.SIDECAR_FOUND.of(extent.physicalAddress(), extent.pageCount(), message));
      }
      return;
    }
    PhysicalMap other = PhysicalMaps.of(image.extents(), otherFacts);
    List<Interval> changes = MapChanges.between(map.ranges(), other.ranges());
    for (Interval change : changes) {
      long pages = Pages.frameNumber(change.length());
      doubts.add(DoubtReason.SIDECAR_FOUND.of(change.start(), pages, message));
    }
    boolean registers =
        !otherFacts.cache().equals(facts.cache()) || !otherFacts.tracked().equals(facts.tracked());
    if (changes.isEmpty() && registers) {
      doubts.add(DoubtReason.SIDECAR_FOUND.of(message));
    }
  }

  /** Whether the sidecar in our JSON format defines the positions of a raw image's bytes. */
  private static boolean placesBytes(MemoryImage image, Map.Entry<SideFileKind, Path> found) {
    return found.getKey() == SideFileKind.RANGES
        && image.facts().format().equals("raw")
        && RangesJson.read(found.getValue()).stream()
            .anyMatch(entry -> entry.fileOffset().isPresent());
  }

  private static String message(SideFileKind kind, Path file) {
    return "the sidecar %s was found by its name and changed the result: confirm it with --%s %s, or"
            .formatted(file.getFileName(), kind.word(), file)
        + " ignore it with --ignore-sidecars";
  }
}
