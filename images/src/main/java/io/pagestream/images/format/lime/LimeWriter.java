package io.pagestream.images.format.lime;

import io.pagestream.images.interval.Intervals;
import io.pagestream.images.writing.ImageOutput;
import io.pagestream.images.writing.ImageWriter;
import io.pagestream.images.writing.Losses;
import io.pagestream.images.writing.OutputFormat;
import io.pagestream.images.writing.StoredMemory;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Writes LiME version 1: a header and the bytes of each contiguous range, as LiME does. */
public final class LimeWriter implements ImageWriter {
  @Override
  public OutputFormat format() {
    return new OutputFormat(
        "lime", "LiME: a header before each range", Losses.MISSING_MEMORY_BECOMES_A_HOLE);
  }

  @Override
  public void write(StoredMemory memory, ImageOutput output)
      throws IOException, InterruptedException {
    Intervals ranges = memory.stored();
    memory.forEachBlock((physicalAddress, bytes) -> {
      int range = ranges.firstAfter(physicalAddress);
      if (ranges.start(range) == physicalAddress) {
        output.append(header(physicalAddress, ranges.end(range)));
      }
      output.append(bytes);
    });
  }

  private static ByteBuffer header(long start, long end) {
    return ImageOutput.header(LimeHeader.SIZE)
        .putInt(LimeFormat.MAGIC)
        .putInt(LimeHeader.VERSION)
        .putLong(start)
        .putLong(end - 1)
        .putLong(0)
        .flip();
  }
}
