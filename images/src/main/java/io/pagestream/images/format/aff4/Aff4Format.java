package io.pagestream.images.format.aff4;

import io.pagestream.images.container.ZipDirectory;
import io.pagestream.images.format.FormatDescription;
import io.pagestream.images.format.ImageFormat;
import io.pagestream.images.format.ImageInput;
import io.pagestream.images.format.SegmentedImage;
import io.pagestream.images.memory.MachineFacts;
import io.pagestream.images.memory.MemoryImage;
import io.pagestream.images.source.ImageBytes;
import io.pagestream.images.source.LittleEndian;
import io.pagestream.schemas.avro.RangeProvenance;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * AFF4 volumes (AFF4 Standard v1.0, and WinPmem before it) with an image of memory: a map of
 * physical addresses, or one stream. Each chunk is decompressed when it is read; the checksums of
 * all segments are verified when the volume is opened.
 */
public final class Aff4Format implements ImageFormat {
  /** "PK" 03 04. */
  private static final int MAGIC = 0x04034b50;

  private static final int LARGEST_DOCUMENT = 16 << 20;

  @Override
  public String name() {
    return "aff4";
  }

  @Override
  public FormatDescription description() {
    return FormatDescription.of(
        "AFF4 (standard 1.0, WinPmem)",
        "snappy, lz4, deflate, zlib; checksums of segments are verified; not striped or encrypted volumes");
  }

  @Override
  public boolean recognises(MemorySegment header) {
    return header.byteSize() >= Integer.BYTES && LittleEndian.i32(header, 0) == MAGIC;
  }

  @Override
  public MemoryImage open(ImageInput input) {
    ImageBytes bytes = input.bytes();
    if (!ZipDirectory.isAff4(bytes)) {
      throw bytes.corrupt(0, "no AFF4 volume: a zip archive without its members");
    }
    Aff4Volume volume = Aff4Volume.open(bytes);
    Turtle facts =
        Turtle.parse(
            volume
                .small("information.turtle", LARGEST_DOCUMENT)
                .map(text -> new String(text, StandardCharsets.UTF_8))
                .orElseThrow(() ->
                    bytes.corrupt(
                        0, "the member 'information.turtle' is missing, too large or damaged")));
    String image = imageUrn(volume, facts);
    MappedMemory memory = MappedMemory.of(volume, facts, image, input.limits());
    return new SegmentedImage(
        input.of(memory.bytes()),
        name(),
        MachineFacts.NONE,
        Map.of("aff4.image", image),
        List.of(),
        memory.doubts(),
        memory.segments(),
        "range",
        RangeProvenance.CONTAINER);
  }

  /** The map or stream with the memory. */
  private static String imageUrn(Aff4Volume volume, Turtle facts) {
    List<String> maps = new ArrayList<>();
    List<String> streams = new ArrayList<>();
    List<String> disks = new ArrayList<>();
    for (String urn : facts.subjects()) {
      if (facts.is(urn, "DiskImage")) {
        disks.addAll(facts.objects(urn, "dataStream"));
        disks.add(urn);
      }
      if (facts.is(urn, "Map") || volume.has(urn + "/map")) {
        maps.add(urn);
      } else if (volume.has(urn + "/00000000")) {
        streams.add(urn);
      }
    }
    for (String urn : facts.subjects()) {
      if (isMemory(facts, urn)) {
        String target = facts.first(urn, "dataStream").orElse(urn);
        if (maps.contains(target) || streams.contains(target)) {
          return target;
        }
      }
    }
    maps.removeAll(disks);
    if (!disks.isEmpty() && maps.isEmpty()) {
      throw volume
          .bytes()
          .unsupported(
              "is an AFF4 image of a disk, not of memory",
              "give an image of memory; a disk does not contain it");
    }
    List<String> candidates = maps.isEmpty() ? streams : maps;
    if (candidates.size() != 1) {
      throw volume
          .bytes()
          .unsupported(
              "is an AFF4 volume with %d streams, of which none is marked as memory: %s"
                  .formatted(candidates.size(), String.join(", ", candidates)),
              "export the memory from it with the program that wrote it");
    }
    return candidates.getFirst();
  }

  private static boolean isMemory(Turtle facts, String urn) {
    return urn.endsWith("/PhysicalMemory")
        || facts.is(urn, "MemoryImage")
        || facts.objects(urn, "category").stream()
            .anyMatch(category ->
                category.endsWith("memory/physical") || category.endsWith("memory:physical"));
  }
}
