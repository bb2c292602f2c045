package io.pagestream.images.rangesource;

import io.pagestream.images.memorytype.CacheFacts;
import io.pagestream.images.memorytype.TrackedTypes;
import java.util.List;

/**
 * The content of all sidecars of an image.
 *
 * @param sources claims, the most trusted source first
 * @param cache the processor's registers
 * @param tracked the system's own list of memory types outside of RAM
 * @param warnings contradictions between files about the registers, in sentences
 */
public record SideFacts(
    List<RangeSource> sources,
    CacheFacts cache,
    List<TrackedTypes.Entry> tracked,
    List<String> warnings) {
  /** No sidecars. */
  public static final SideFacts NONE =
      new SideFacts(List.of(), CacheFacts.NONE, List.of(), List.of());

  /** Copies the lists. */
  public SideFacts {
    sources = List.copyOf(sources);
    tracked = List.copyOf(tracked);
    warnings = List.copyOf(warnings);
  }
}
