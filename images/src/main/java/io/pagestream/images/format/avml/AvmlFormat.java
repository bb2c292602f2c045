package io.pagestream.images.format.avml;

import io.pagestream.images.format.FormatDescription;
import io.pagestream.images.format.FormatDescription.Peer;
import io.pagestream.images.format.ImageFormat;
import io.pagestream.images.format.ImageInput;
import io.pagestream.images.format.Segment;
import io.pagestream.images.format.SegmentedImage;
import io.pagestream.images.memory.MachineFacts;
import io.pagestream.images.memory.MemoryImage;
import io.pagestream.images.source.LittleEndian;
import io.pagestream.images.writing.ImageWriter;
import io.pagestream.schemas.avro.RangeProvenance;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;

/**
 * AVML version 2, as {@code avml --compress} writes it. AVML omits blocks of zeros, which are then
 * not in the image: they cannot be distinguished from holes.
 */
public final class AvmlFormat implements ImageFormat {
  @Override
  public String name() {
    return "avml";
  }

  @Override
  public FormatDescription description() {
    return FormatDescription.of(
        "AVML, version 2",
        "compressed with snappy (`avml --compress`); read in place, without a temporary file; each chunk's checksum is verified",
        Peer.VOLATILITY,
        Peer.AVML);
  }

  @Override
  public boolean recognises(MemorySegment header) {
    return header.byteSize() >= AvmlHeader.BYTES
        && LittleEndian.i32(header, 0) == AvmlHeader.MAGIC
        && LittleEndian.i32(header, 4) == AvmlHeader.VERSION;
  }

  @Override
  public List<ImageWriter> writers() {
    return List.of(new AvmlWriter());
  }

  @Override
  public MemoryImage open(ImageInput input) {
    AvmlBlocks blocks = AvmlBlocks.read(input.bytes());
    List<Segment> segments = blocks.segments();
    AvmlBytes content = new AvmlBytes(input.bytes(), blocks.index());
    return new SegmentedImage(
        input.of(content),
        name(),
        MachineFacts.NONE,
        Map.of("compression", "snappy"),
        List.of(),
        blocks.doubts(),
        segments,
        "block",
        RangeProvenance.CONTAINER);
  }
}
