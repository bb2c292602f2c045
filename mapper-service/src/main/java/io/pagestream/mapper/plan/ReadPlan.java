package io.pagestream.mapper.plan;

import io.pagestream.mapper.call.MemoryView;
import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.MappingSpan;
import java.util.ArrayList;
import java.util.List;

/**
 * The steps by which a careful reader reads all of physical memory: memory by copying, a frame
 * buffer write-combined, devices not at all. A pure function of what is known about the machine.
 *
 * @param steps ascending, disjoint; they cover all ranges of the map, and holes between these
 */
public record ReadPlan(List<ReadStep> steps) {
  /** The VGA's memory: reading it depends on the state of the VGA's registers. */
  private static final long VGA_START = 0xa0000;

  private static final long VGA_END = 0xc0000;

  /** ROMs are below 1 MiB; above, firmware reserves registers as well (PCI ECAM). */
  private static final long ROM_END = 0x100000;

  /** Copies its list. */
  public ReadPlan {
    steps = List.copyOf(steps);
  }

  /**
   * A range of memory that the system manages, as MmGetPhysicalMemoryRanges returns it.
   *
   * @param base physical address, in bytes
   * @param bytes length in bytes
   */
  public record MemoryRange(long base, long bytes) {}

  /** The plan for known pages, in ascending order. */
  public static ReadPlan of(List<MemoryView.Known> pages) {
    List<ReadStep> steps = new ArrayList<>();
    for (MemoryView.Known known : pages) {
      for (MemoryView.Known part : cutAtVga(known)) {
        add(steps, step(part));
      }
    }
    return new ReadPlan(steps);
  }

  private static List<MemoryView.Known> cutAtVga(MemoryView.Known known) {
    List<MemoryView.Known> parts = new ArrayList<>();
    long from = known.start();
    for (long cut : new long[] {VGA_START, VGA_END, ROM_END}) {
      if (cut > from && cut < known.end()) {
        parts.add(new MemoryView.Known(from, cut, known.range(), known.inImage(), known.tables()));
        from = cut;
      }
    }
    parts.add(
        new MemoryView.Known(from, known.end(), known.range(), known.inImage(), known.tables()));
    return parts;
  }

  private static ReadStep step(MemoryView.Known known) {
    AddressRange range = known.range();
    if (range == null) {
      return skip(known, "a hole: neither memory nor a known device");
    }
    CacheType type = established(known, range);
    return switch (range.getKind()) {
      case RAM -> read(known, ReadMethod.COPY, "memory that the system manages");
      case UNKNOWN ->
          isVga(known)
              ? skip(known, "the VGA's window: a device unless a source says otherwise")
              : read(known, ReadMethod.COPY, "assumed to be memory: no source says what it is");
      case ACPI -> read(known, ReadMethod.MAP_CACHED, "ACPI tables: MmCopyMemory refuses these");
      case PERSISTENT ->
          read(known, ReadMethod.MAP_CACHED, "persistent memory, not managed as memory");
      case FRAME_BUFFER ->
          read(
              known,
              ReadMethod.MAP_WRITE_COMBINED,
              "a frame buffer: reading it has no side effects");
      case DEVICE ->
          type == CacheType.WRITE_COMBINING
              ? read(
                  known,
                  ReadMethod.MAP_WRITE_COMBINED,
                  "mapped write-combining, so it can be read without side effects")
              : skip(known, "a device: reading registers can have side effects");
      case FIRMWARE_RESERVED -> reserved(known, type);
    };
  }

  private static ReadStep reserved(MemoryView.Known known, CacheType type) {
    if (isVga(known)) {
      return skip(known, "the VGA's window");
    }
    boolean cached =
        type == CacheType.WRITE_BACK
            || type == CacheType.WRITE_THROUGH
            || type == CacheType.WRITE_PROTECTED;
    if (cached) {
      return read(
          known, ReadMethod.MAP_CACHED, "reserved by the firmware, and reads of it are cached");
    }
    return known.end() <= ROM_END && type == CacheType.UNKNOWN
        ? skip(known, "a ROM or data of the firmware, of unknown cache type")
        : skip(known, "reserved by the firmware: it may be registers of a device");
  }

  private static boolean isVga(MemoryView.Known known) {
    return known.start() >= VGA_START && known.end() <= VGA_END;
  }

  /** The type that page tables or sidecars know, without defaults. */
  private static CacheType established(MemoryView.Known known, AddressRange range) {
    MappingSpan tables = known.tables();
    if (tables != null
        && tables.getEstablished() != CacheType.UNKNOWN
        && tables.getEstablished() != CacheType.NOT_ESTABLISHED) {
      return tables.getEstablished();
    }
    return range.getEstablished();
  }

  private static ReadStep read(MemoryView.Known known, ReadMethod method, String why) {
    AddressRange range = known.range();
    // Names of parts of memory (kernel code, …) do not matter for reading it.
    String name = range == null || method == ReadMethod.COPY ? "" : range.getName();
    return new ReadStep(known.start(), known.end(), method, why, name);
  }

  private static ReadStep skip(MemoryView.Known known, String why) {
    return read(known, ReadMethod.SKIP, why);
  }

  private static void add(List<ReadStep> steps, ReadStep next) {
    ReadStep last = steps.isEmpty() ? null : steps.getLast();
    if (last != null
        && last.end() == next.start()
        && last.method() == next.method()
        && last.why().equals(next.why())
        && last.name().equals(next.name())) {
      steps.removeLast();
      steps.add(new ReadStep(last.start(), next.end(), last.method(), last.why(), last.name()));
    } else {
      steps.add(next);
    }
  }

  /** The ranges that MmGetPhysicalMemoryRanges would return, without its terminating zero entry. */
  public List<MemoryRange> memoryRanges() {
    List<MemoryRange> ranges = new ArrayList<>();
    for (ReadStep step : steps) {
      if (step.method() != ReadMethod.COPY) {
        continue;
      }
      MemoryRange last = ranges.isEmpty() ? null : ranges.getLast();
      if (last != null && last.base() + last.bytes() == step.start()) {
        ranges.removeLast();
        ranges.add(new MemoryRange(last.base(), last.bytes() + step.bytes()));
      } else {
        ranges.add(new MemoryRange(step.start(), step.bytes()));
      }
    }
    return ranges;
  }

  /** Bytes that are read. */
  public long bytesRead() {
    return steps.stream()
        .filter(step -> step.method() != ReadMethod.SKIP)
        .mapToLong(ReadStep::bytes)
        .sum();
  }
}
