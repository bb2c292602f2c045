package io.pagestream.images.format.vmware;

import io.pagestream.images.format.Segment;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.doubt.DoubtReason;
import io.pagestream.schemas.page.Pages;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the memory of a VMware machine is if no state file says so: below 3 GiB, address = offset.
 * VMware leaves the last GiB below 4 GiB to devices (the default of {@code pciHole.start} is 3072
 * MiB), so that what follows in the file is assumed at 4 GiB.
 *
 * @param segments the memory: sorted, disjoint
 * @param warnings what is assumed
 * @param doubts the memory whose addresses may be wrong
 */
public record AssumedLayout(List<Segment> segments, List<String> warnings, List<Doubt> doubts) {
  /** Up to this length, the memory of most machines is in one piece. */
  static final long CERTAIN_BYTES = 3L << 30;

  private static final long HOLE_START = CERTAIN_BYTES;
  private static final long HOLE_END = 4L << 30;

  /** Copies the lists. */
  public AssumedLayout {
    segments = List.copyOf(segments);
    warnings = List.copyOf(warnings);
    doubts = List.copyOf(doubts);
  }

  /** Whether a file's name is that of a VMware memory file. */
  public static boolean appliesTo(Path file) {
    return VmwareNames.isMemory(file);
  }

  /**
   * The layout of a memory file without a usable state file.
   *
   * @param name name of the file with the memory
   * @param dataOffset offset of the first byte of memory in it
   * @param length length of the memory in bytes, at least 1
   */
  public static AssumedLayout of(String name, long dataOffset, long length) {
    List<Segment> segments = new ArrayList<>();
    segments.add(new Segment(0, Math.min(length, HOLE_START), dataOffset, 0, RangeKind.UNKNOWN));
    String give = "put the state file (.vmss or .vmsn) of the same snapshot next to it";
    if (length <= HOLE_START) {
      return new AssumedLayout(
          segments,
          List.of(
              "a VMware memory file without a usable state file: address = offset is assumed, which"
                  + " is right for most machines with up to 3 GiB; to be sure, "
                  + give),
          List.of());
    }
    long rest = Math.min(length - HOLE_START, Pages.ADDRESS_LIMIT - HOLE_END);
    segments.add(
        new Segment(HOLE_END, HOLE_END + rest, dataOffset + HOLE_START, 1, RangeKind.UNKNOWN));
    return new AssumedLayout(
        segments,
        List.of(
            "a VMware memory file of %,d MiB without a usable state file: address = offset is assumed below 3 GiB, and that the rest follows from 4 GiB on"
                .formatted(length >> 20)),
        List.of(
            DoubtReason.ADDRESSES_ASSUMED.of(
                HOLE_END,
                Pages.frameNumber(Pages.ceil(rest)),
                "%s: the memory from offset 0x%x on is assumed to begin at 4 GiB, as in most VMware machines; %s"
                    .formatted(name, dataOffset + HOLE_START, give))));
  }
}
