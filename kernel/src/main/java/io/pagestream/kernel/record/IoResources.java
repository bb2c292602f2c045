package io.pagestream.kernel.record;

import io.pagestream.images.rangesource.Claim;
import io.pagestream.images.rangesource.ResourceTree;
import io.pagestream.kernel.memory.DamagedRecordException;
import io.pagestream.kernel.memory.VirtualMemory;
import io.pagestream.kernel.type.Layouts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the tree of I/O memory resources behind {@code /proc/iomem} (Linux, kernel/resource.c):
 * children are sorted by address, do not overlap, and are within their parent. A resource that
 * violates this is damage and ends the list.
 */
public final class IoResources {
  private static final int MOST_RESOURCES = 1 << 14;
  private static final int LONGEST_NAME = 128;

  private final VirtualMemory memory;
  private final long startAt;
  private final long lastAt;
  private final long nameAt;
  private final long childAt;
  private final long siblingAt;
  private final List<IoResource> resources = new ArrayList<>();

  private IoResources(VirtualMemory memory, Layouts layouts) {
    this.memory = memory;
    this.startAt = layouts.offset("resource", "start");
    this.lastAt = layouts.offset("resource", "end");
    this.nameAt = layouts.offset("resource", "name");
    this.childAt = layouts.offset("resource", "child");
    this.siblingAt = layouts.offset("resource", "sibling");
  }

  /** The resources, each before those within it. */
  public static Recorded<IoResource> read(LinuxKernel kernel) {
    List<IoResource> found = List.of();
    try {
      IoResources reader = new IoResources(kernel.memory(), kernel.requireLayouts());
      found = reader.resources;
      long root = kernel.requireSymbols().require("iomem_resource");
      reader.children(root, 0, 0, -1);
      return new Recorded<>(found, Optional.empty());
    } catch (DamagedRecordException e) {
      return new Recorded<>(found, Optional.of(String.valueOf(e.getMessage())));
    }
  }

  /** Adds the resources within one whose addresses are {@code [first, last]}, unsigned. */
  private void children(long parent, int depth, long first, long last) {
    long previous = first;
    boolean any = false;
    for (long at = memory.u64(parent + childAt); at != 0; at = memory.u64(at + siblingAt)) {
      if (resources.size() == MOST_RESOURCES || depth > ResourceTree.MOST_DEPTH) {
        throw new DamagedRecordException("the tree of resources does not end");
      }
      long start = memory.u64(at + startAt);
      long end = memory.u64(at + lastAt);
      boolean ordered =
          Long.compareUnsigned(start, previous) >= (any ? 1 : 0)
              && Long.compareUnsigned(start, end) <= 0
              && Long.compareUnsigned(end, last) <= 0;
      if (!ordered) {
        throw new DamagedRecordException(
            "the resource 0x%x-0x%x is not within its parent, or out of order"
                .formatted(start, end));
      }
      long name = memory.u64(at + nameAt);
      resources.add(
          new IoResource(depth, start, end, name == 0 ? "" : memory.text(name, LONGEST_NAME)));
      children(at, depth + 1, start, end);
      previous = end;
      any = true;
    }
  }

  /** Claims for the range map, as those of {@code /proc/iomem}. */
  public static List<Claim> claims(List<IoResource> resources) {
    ResourceTree tree = new ResourceTree();
    for (IoResource resource : resources) {
      long last = resource.last() < 0 ? Long.MAX_VALUE : resource.last();
      if (resource.start() >= 0 && resource.depth() <= ResourceTree.MOST_DEPTH) {
        tree.add(resource.depth(), resource.start(), last, resource.name());
      }
    }
    return tree.claims();
  }
}
