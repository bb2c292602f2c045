package io.pagestream.cases.verify;

import io.pagestream.cases.casefolder.StoredImage;
import io.pagestream.schemas.avro.AddressRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The images of a case by id: their position in its order, and their addresses. */
final class ImagePlaces {
  private final Map<String, Integer> places = new HashMap<>();
  private final List<TreeMap<Long, Long>> ranges = new ArrayList<>();
  private final List<String> labels = new ArrayList<>();

  ImagePlaces(List<StoredImage> images) {
    for (StoredImage image : images) {
      places.putIfAbsent(image.imageId(), ranges.size());
      TreeMap<Long, Long> ends = new TreeMap<>();
      for (AddressRange range : image.ranges()) {
        ends.put(range.getPhysicalAddress(), StoredImage.end(range));
      }
      ranges.add(ends);
      labels.add(image.name());
    }
  }

  /** Position of an image, or -1 if the case has no such image. */
  int of(String imageId) {
    return places.getOrDefault(imageId, -1);
  }

  /** The label of the image at a position. */
  String label(int place) {
    return labels.get(place);
  }

  /** A label that two images have; null if each has its own. */
  @Nullable String sharedLabel() {
    Set<String> seen = new HashSet<>();
    return labels.stream().filter(label -> !seen.add(label)).findFirst().orElse(null);
  }

  /** Whether bytes are in the range map of the image at a position; ranges may be adjacent. */
  boolean hold(int place, long from, long to) {
    TreeMap<Long, Long> ends = ranges.get(place);
    long at = from;
    while (at < to) {
      Entry<Long, Long> range = ends.floorEntry(at);
      if (range == null || range.getValue() <= at) {
        return false;
      }
      at = range.getValue();
    }
    return true;
  }
}
