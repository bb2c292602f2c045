package io.pagestream.images.format.qemu;

import io.pagestream.images.format.Segment;
import io.pagestream.images.source.ImageBytes;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.doubt.DoubtReason;
import io.pagestream.schemas.error.PagestreamException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The RAM of a stream at its physical addresses.
 *
 * @param segments by address
 * @param warnings in sentences
 * @param doubts those of the stream, and those about the placement
 */
record PlacedMemory(List<Segment> segments, List<String> warnings, List<Doubt> doubts) {
  /** The names that machines give to their RAM. */
  private static final List<String> RAM =
      List.of("pc.ram", "microvm.ram", "mach-virt.ram", "riscv_virt_board.ram");

  /** Blocks of NUMA nodes, as libvirt names them. */
  private static final Pattern NODE = Pattern.compile("(?:/objects/)?ram-node(\\d{1,4})");

  /** The memory of devices and firmware; the rest is RAM or hot-plugged memory. */
  private static final Pattern DEVICE =
      Pattern.compile(
          "(?i).*(vram|rom|bios|flash|fw_cfg|acpi|qxl|ivshmem|sram|[0-9a-f]{4}:[0-9a-f]{2}:).*");

  static PlacedMemory of(ImageBytes bytes, MigrationStream stream, DeviceState devices) {
    List<RamBlock> ram = ram(stream);
    long size = ram.stream().mapToLong(RamBlock::size).sum();
    OptionalLong low =
        devices.cmos().map(cmos -> GuestMemory.lowMemory(cmos, size)).orElse(OptionalLong.empty());
    List<GuestMemory.Part> parts =
        ram.isEmpty()
            ? List.of()
            : GuestMemory.of(stream.machine(), ram.getFirst().name(), size, low);
    if (parts.isEmpty()) {
      throw unknown(bytes, stream);
    }
    List<Doubt> doubts = new ArrayList<>(stream.doubts());
    addMissing(bytes, ram, doubts);
    List<String> warnings = new ArrayList<>();
    addOthers(bytes, stream, ram, warnings, doubts);
    if (parts.size() > 1 && low.isEmpty()) {
      warnings.add(
          "the position of the memory hole below 4 GiB is that of a machine '%s'; the machine's CMOS, which would confirm it, was not found"
              .formatted(stream.machine()));
    }
    return new PlacedMemory(segments(ram, parts), warnings, doubts);
  }

  private static List<RamBlock> ram(MigrationStream stream) {
    List<RamBlock> nodes = new ArrayList<>();
    for (RamBlock block : stream.blocks()) {
      if (RAM.contains(block.name())) {
        return List.of(block);
      }
      if (NODE.matcher(block.name()).matches()) {
        nodes.add(block);
      }
    }
    if (!nodes.isEmpty()) {
      nodes.sort(Comparator.comparingInt(PlacedMemory::node));
      return nodes;
    }
    return stream.blocks().stream()
        .filter(block -> !DEVICE.matcher(block.name()).matches())
        .max(Comparator.comparingLong(RamBlock::size))
        .map(List::of)
        .orElse(List.of());
  }

  private static int node(RamBlock block) {
    Matcher matcher = NODE.matcher(block.name());
    return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
  }

  private static PagestreamException unknown(ImageBytes bytes, MigrationStream stream) {
    return bytes.unsupported(
        "is a migration stream of the QEMU machine '%s', whose memory map is not known"
            .formatted(stream.machine()),
        "load it with 'qemu-system -incoming' and take 'dump-guest-memory'");
  }

  /** Pages without a record: they are unreadable. */
  private static void addMissing(ImageBytes bytes, List<RamBlock> ram, List<Doubt> doubts) {
    long missing = 0;
    for (RamBlock block : ram) {
      for (long page = 0; page < block.index().pages(); page++) {
        missing += block.index().get(page) == PageIndex.NONE ? 1 : 0;
      }
    }
    if (missing > 0) {
      doubts.add(
          DoubtReason.UNREADABLE.of(
              "%s: %,d pages of RAM are not in the migration stream; write it again"
                  .formatted(bytes.name(), missing)));
    }
  }

  private static void addOthers(
      ImageBytes bytes,
      MigrationStream stream,
      List<RamBlock> ram,
      List<String> warnings,
      List<Doubt> doubts) {
    List<String> devices = new ArrayList<>();
    for (RamBlock block : stream.blocks()) {
      if (ram.contains(block)) {
        continue;
      }
      if (DEVICE.matcher(block.name()).matches()) {
        devices.add(block.name());
      } else {
        doubts.add(
            DoubtReason.TRAILING_BYTES.of(
                "%s: the memory block '%s' (%,d KiB) is not analyzed: its physical address is not in the migration stream"
                    .formatted(bytes.name(), block.name(), block.size() >> 10)));
      }
    }
    if (!devices.isEmpty()) {
      warnings.add(
          "the memory of devices and firmware is not analyzed: " + String.join(", ", devices));
    }
  }

  private static List<Segment> segments(List<RamBlock> ram, List<GuestMemory.Part> parts) {
    List<Segment> segments = new ArrayList<>();
    for (GuestMemory.Part part : parts) {
      long blockStart = 0;
      for (RamBlock block : ram) {
        long from = Math.max(part.offset(), blockStart);
        long to = Math.min(part.offset() + part.size(), blockStart + block.size());
        if (from < to) {
          long address = part.address() + (from - part.offset());
          segments.add(
              new Segment(
                  address,
                  address + (to - from),
                  block.contentOffset() + (from - blockStart),
                  segments.size(),
                  RangeKind.RAM));
        }
        blockStart += block.size();
      }
    }
    return segments;
  }
}
