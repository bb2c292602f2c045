package io.pagestream.plan;

import io.pagestream.images.OpenedImage;
import io.pagestream.images.rangemap.PhysicalMap;
import io.pagestream.mapper.plan.ReadPlan;
import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.whatif.ImageMemory;
import java.util.List;

/**
 * The plan for the machine of an image.
 *
 * @param image name of the image
 * @param plan the plan
 * @param doubts doubts about the image
 * @param contradictions contradictions between sources of the range map, in sentences
 */
public record PlannedImage(
    String image, ReadPlan plan, List<Doubt> doubts, List<String> contradictions) {
  /** Copies its lists. */
  public PlannedImage {
    doubts = List.copyOf(doubts);
    contradictions = List.copyOf(contradictions);
  }

  /** Plans by an image's range map, and the page tables under the roots that it names. */
  public static PlannedImage of(OpenedImage opened) {
    List<AddressRange> ranges = opened.map().ranges();
    ReadPlan plan =
        ranges.isEmpty()
            ? new ReadPlan(List.of())
            : ReadPlan.of(
                ImageMemory.ofRanges(opened)
                    .pages(
                        ranges.getFirst().getPhysicalAddress(),
                        PhysicalMap.endOf(ranges.getLast())));
    return new PlannedImage(opened.name(), plan, opened.doubts(), opened.map().warnings());
  }
}
