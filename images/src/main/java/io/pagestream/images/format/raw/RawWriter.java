package io.pagestream.images.format.raw;

import io.pagestream.images.writing.ImageOutput;
import io.pagestream.images.writing.ImageWriter;
import io.pagestream.images.writing.Losses;
import io.pagestream.images.writing.OutputFormat;
import io.pagestream.images.writing.StoredMemory;
import java.io.IOException;

/**
 * Writes the stored pages one after another, without anything between them. Their addresses are in
 * a sidecar, without which the file is only usable if memory starts at 0 and has no hole.
 */
public final class RawWriter implements ImageWriter {
  @Override
  public OutputFormat format() {
    return new OutputFormat(
        "raw",
        "raw memory without holes, and a .ranges.json with the addresses",
        Losses.MISSING_MEMORY_BECOMES_A_HOLE);
  }

  @Override
  public void write(StoredMemory memory, ImageOutput output)
      throws IOException, InterruptedException {
    long[] next = {0};
    memory.forEachBlock((physicalAddress, bytes) -> {
      SparseOutput.write(output, next[0], bytes);
      next[0] += bytes.byteSize();
    });
    output.extend(next[0]);
    RangesWriter.write(memory, output.file(), RangesWriter.Offsets.CONSECUTIVE);
  }
}
