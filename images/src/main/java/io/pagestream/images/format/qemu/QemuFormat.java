package io.pagestream.images.format.qemu;

import io.pagestream.images.format.FormatDescription;
import io.pagestream.images.format.FormatDescription.Peer;
import io.pagestream.images.format.ImageFormat;
import io.pagestream.images.format.ImageInput;
import io.pagestream.images.format.SegmentedImage;
import io.pagestream.images.memory.MachineFacts;
import io.pagestream.images.memory.MemoryImage;
import io.pagestream.images.memory.ProcessorState;
import io.pagestream.images.source.BigEndian;
import io.pagestream.images.source.ImageBytes;
import io.pagestream.schemas.avro.RangeProvenance;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * QEMU's migration stream: {@code migrate exec:}, {@code migrate file:}, {@code virsh dump}. It is
 * read in place. Its RAM is placed by the machine's memory map; the memory of devices is not read.
 */
public final class QemuFormat implements ImageFormat {
  @Override
  public String name() {
    return "qemu";
  }

  @Override
  public FormatDescription description() {
    return FormatDescription.of(
        "QEMU migration stream (`migrate`, `virsh dump`), `virsh save` file",
        "read in place; the RAM is placed by the machine's memory map, which its CMOS confirms; control registers of the processors; not `xbzrle`, `multifd`, `mapped-ram`",
        Peer.VOLATILITY);
  }

  @Override
  public boolean recognises(MemorySegment header) {
    return header.byteSize() >= Integer.BYTES && BigEndian.i32(header, 0) == MigrationStream.MAGIC;
  }

  @Override
  public MemoryImage open(ImageInput input) {
    return open(input, Map.of(), List.of());
  }

  /**
   * Reads a stream inside a container.
   *
   * @param container facts about the container
   * @param containerWarnings warnings about it
   */
  public MemoryImage open(
      ImageInput input, Map<String, String> container, List<String> containerWarnings) {
    ImageBytes bytes = input.bytes();
    MigrationStream stream = MigrationStream.read(bytes, input.limits());
    DeviceState devices =
        stream
            .devices()
            .map(from -> DeviceState.read(new StreamWindow(bytes), from, bytes.length()))
            .orElse(DeviceState.NONE);
    PlacedMemory placed = PlacedMemory.of(bytes, stream, devices);
    List<String> warnings = new ArrayList<>(containerWarnings);
    warnings.addAll(placed.warnings());
    return new SegmentedImage(
        input.of(new QemuBytes(bytes, List.copyOf(stream.blocks()))),
        name(),
        machine(devices),
        facts(stream, container),
        warnings,
        placed.doubts(),
        placed.segments(),
        "block",
        RangeProvenance.CONTAINER);
  }

  private static MachineFacts machine(DeviceState devices) {
    MachineFacts facts = MachineFacts.NONE;
    for (ProcessorState processor : devices.processors()) {
      facts = facts.withProcessor(processor);
    }
    return devices.processors().isEmpty() ? facts : facts.withArchitecture("x86_64");
  }

  private static Map<String, String> facts(MigrationStream stream, Map<String, String> container) {
    Map<String, String> facts = new TreeMap<>(container);
    if (!stream.machine().isEmpty()) {
      facts.put("qemu.machine", stream.machine());
    }
    facts.put(
        "qemu.blocks",
        stream.blocks().stream()
            .map(block -> "%s (%,d KiB)".formatted(block.name(), block.size() >> 10))
            .collect(Collectors.joining(", ")));
    return facts;
  }
}
