package io.pagestream.images.format.raw;

import io.pagestream.images.writing.ImageOutput;
import io.pagestream.images.writing.ImageWriter;
import io.pagestream.images.writing.Losses;
import io.pagestream.images.writing.OutputFormat;
import io.pagestream.images.writing.StoredMemory;
import java.io.IOException;

/**
 * Writes raw memory in which the offset of a page is its address. Memory that is not stored, and
 * holes of the address space, are holes of a sparse file and read as zeros; the sidecar says where
 * they are.
 */
public final class PaddedWriter implements ImageWriter {
  @Override
  public OutputFormat format() {
    return new OutputFormat(
        "padded",
        "raw memory, offset = address, with zeros in the holes and a .ranges.json that lists them",
        Losses.MISSING_MEMORY_BECOMES_A_HOLE);
  }

  @Override
  public void write(StoredMemory memory, ImageOutput output)
      throws IOException, InterruptedException {
    memory.forEachBlock(
        (physicalAddress, bytes) -> SparseOutput.write(output, physicalAddress, bytes));
    output.extend(memory.stored().end(memory.stored().size() - 1));
    RangesWriter.write(memory, output.file(), RangesWriter.Offsets.ADDRESSES);
  }
}
