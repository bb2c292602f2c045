package io.pagestream.images.format.vmware;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What the group {@code memory} of a state file contains: {@code regionsCount}, and for each region
 * its first page in physical memory ({@code regionPPN}), its first page in the memory file ({@code
 * regionPageNum}) and its length in pages ({@code regionSize}). Older versions of VMware store the
 * memory itself in the block {@code Memory}. Without regions, the memory is one region at address
 * 0.
 */
final class MemoryRegions {
  /** VMware has two regions, or a few more with hot-plugged memory. */
  static final int MOST_REGIONS = 4096;

  private static final int UNKNOWN = -1;

  private final long[] physicalPages = new long[MOST_REGIONS];
  private final long[] filePages = new long[MOST_REGIONS];
  private final long[] sizes = new long[MOST_REGIONS];
  private OptionalLong count = OptionalLong.empty();
  private @Nullable StateTag memory;
  private boolean complete;

  private MemoryRegions() {
    Arrays.fill(physicalPages, UNKNOWN);
    Arrays.fill(filePages, UNKNOWN);
    Arrays.fill(sizes, UNKNOWN);
  }

  /** Reads the group; empty if the file has none. */
  static Optional<MemoryRegions> of(StateFile file) {
    Optional<StateTags> tags = file.group("memory");
    if (tags.isEmpty()) {
      return Optional.empty();
    }
    MemoryRegions regions = new MemoryRegions();
    Optional<StateTag> tag = tags.get().next();
    while (tag.isPresent()) {
      regions.add(tag.get());
      tag = tags.get().next();
    }
    regions.complete = tags.get().complete();
    return Optional.of(regions);
  }

  private void add(StateTag tag) {
    if (tag.isNumber("regionsCount", 0)) {
      count = OptionalLong.of(tag.number());
    } else if (tag.block() && tag.name().equals("Memory") && memory == null) {
      memory = tag;
    } else {
      set("regionPPN", physicalPages, tag);
      set("regionPageNum", filePages, tag);
      set("regionSize", sizes, tag);
    }
  }

  private static void set(String name, long[] values, StateTag tag) {
    if (tag.isNumber(name, 1)) {
      int index = tag.indices().getFirst();
      if (index >= 0 && index < MOST_REGIONS) {
        values[index] = tag.number();
      }
    }
  }

  /** Whether the group could be read to its end. */
  boolean complete() {
    return complete;
  }

  /** The number of regions; empty if the group does not contain it. */
  OptionalLong count() {
    return count;
  }

  /** The block with the memory itself. */
  Optional<StateTag> memory() {
    return Optional.ofNullable(memory);
  }

  /** First page of a region in physical memory; negative if unknown. */
  long physicalPage(int region) {
    return physicalPages[region];
  }

  /** First page of a region in the memory file; negative if unknown. */
  long filePage(int region) {
    return filePages[region];
  }

  /** Pages of a region; negative if unknown. */
  long size(int region) {
    return sizes[region];
  }
}
