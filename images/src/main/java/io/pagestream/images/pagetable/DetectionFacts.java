package io.pagestream.images.pagetable;

import io.pagestream.images.interval.Intervals;
import io.pagestream.images.memorytype.MemoryTypeRanges;
import io.pagestream.images.memorytype.TrackedTypes;
import io.pagestream.images.rangemap.PhysicalMap;
import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.RangeProvenance;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Facts from outside the page tables that detections use.
 *
 * @param ranges whether the range map is known; without it, the definitions that need it are not
 *     applied
 * @param ram physical addresses of RAM, by a sidecar or the kernel's own records
 * @param container physical addresses that neither of them knows: some containers contain frame
 *     buffers and ROMs in addition to RAM
 * @param text physical addresses of the kernel's text
 * @param rodata those of its read-only data
 * @param bss those of its bss
 * @param rootNames processes by their page-table roots
 * @param recordedTypes the kernel's own record of memory types outside of RAM
 */
public record DetectionFacts(
    boolean ranges,
    Intervals ram,
    Intervals container,
    Intervals text,
    Intervals rodata,
    Intervals bss,
    Map<Long, String> rootNames,
    MemoryTypeRanges recordedTypes) {
  private static final Intervals EMPTY = new Intervals.Builder().build();

  private static final MemoryTypeRanges NO_RECORD =
      MemoryTypeRanges.everywhere(CacheType.NOT_ESTABLISHED);

  /** No facts. */
  public static final DetectionFacts NONE =
      new DetectionFacts(false, EMPTY, EMPTY, EMPTY, EMPTY, EMPTY, Map.of(), NO_RECORD);

  /** Copies the map. */
  public DetectionFacts {
    rootNames = Map.copyOf(rootNames);
  }

  /**
   * The facts of a range map. The names of the kernel's sections are those of {@code /proc/iomem}
   * (Linux, arch/x86/kernel/setup.c).
   *
   * @param ranges sorted, disjoint
   */
  public static DetectionFacts of(List<AddressRange> ranges, Map<Long, String> rootNames) {
    Predicate<AddressRange> known =
        range ->
            range.getProvenance() == RangeProvenance.SIDE_FILE
                || range.getProvenance() == RangeProvenance.KERNEL_RECORDS;
    return new DetectionFacts(
        true,
        select(ranges, known.and(range -> range.getKind() == RangeKind.RAM)),
        select(
            ranges,
            known
                .negate()
                .and(range ->
                    range.getKind() == RangeKind.RAM || range.getKind() == RangeKind.UNKNOWN)),
        select(ranges, known.and(range -> range.getName().equals("Kernel code"))),
        select(ranges, known.and(range -> range.getName().equals("Kernel rodata"))),
        select(ranges, known.and(range -> range.getName().equals("Kernel bss"))),
        rootNames,
        NO_RECORD);
  }

  /** The same with the kernel's record of memory types. */
  public DetectionFacts withRecordedTypes(List<TrackedTypes.Entry> entries) {
    return new DetectionFacts(
        ranges,
        ram,
        container,
        text,
        rodata,
        bss,
        rootNames,
        entries.isEmpty() ? NO_RECORD : TrackedTypes.ranges(entries));
  }

  private static Intervals select(List<AddressRange> ranges, Predicate<AddressRange> selected) {
    Intervals.Builder builder = new Intervals.Builder();
    ranges.stream()
        .filter(selected)
        .forEach(range -> builder.add(range.getPhysicalAddress(), PhysicalMap.endOf(range)));
    return builder.build();
  }
}
