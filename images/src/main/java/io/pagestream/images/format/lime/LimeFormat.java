package io.pagestream.images.format.lime;

import io.pagestream.images.format.FormatDescription;
import io.pagestream.images.format.FormatDescription.Peer;
import io.pagestream.images.format.ImageFormat;
import io.pagestream.images.format.ImageInput;
import io.pagestream.images.format.SegmentedImage;
import io.pagestream.images.memory.MachineFacts;
import io.pagestream.images.memory.MemoryImage;
import io.pagestream.images.source.ImageBytes;
import io.pagestream.images.source.LittleEndian;
import io.pagestream.images.writing.ImageWriter;
import io.pagestream.schemas.avro.RangeProvenance;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;

/**
 * LiME version 1: repeated until the end of the file, a 32-byte header and the range's bytes. All
 * little endian: 0 u32 magic {@code 0x4C694D45}, 4 u32 version 1, 8 u64 first address, 16 u64 last
 * address (inclusive), 24 8 bytes reserved (LiME {@code src/lime.h}).
 */
public final class LimeFormat implements ImageFormat {
  static final int MAGIC = 0x4C694D45;

  @Override
  public String name() {
    return "lime";
  }

  @Override
  public FormatDescription description() {
    return FormatDescription.of(
        "LiME v1",
        "including ranges that are not a multiple of the page size, ranges that AVML writes one byte short, and lost or torn headers",
        Peer.VOLATILITY,
        Peer.LEECHCORE,
        Peer.AVML);
  }

  @Override
  public boolean recognises(MemorySegment header) {
    return header.byteSize() >= 4 && LittleEndian.i32(header, 0) == MAGIC;
  }

  /** A lost first header is known by the chain of the others. */
  @Override
  public boolean recognisesDamaged(ImageBytes bytes) {
    return new LimeSearch(bytes).findsChain();
  }

  @Override
  public List<ImageWriter> writers() {
    return List.of(new LimeWriter());
  }

  @Override
  public MemoryImage open(ImageInput input) {
    LimeRanges ranges = LimeRanges.read(input.bytes(), input.limits());
    return new SegmentedImage(
        input,
        name(),
        MachineFacts.NONE,
        Map.of(),
        ranges.warnings(),
        ranges.doubts(),
        ranges.segments(),
        "range",
        RangeProvenance.CONTAINER);
  }
}
