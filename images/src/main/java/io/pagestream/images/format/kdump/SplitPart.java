package io.pagestream.images.format.kdump;

import io.pagestream.images.source.ImageBytes;
import io.pagestream.schemas.error.PagestreamException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What the headers of a file say of the split dump that it belongs to.
 *
 * @param dump the same for all parts of a dump, and for no other dump
 * @param startFrame first page frame of this part
 * @param endFrame page frame after the last of this part
 * @param frameLimit page frame after the last of the dump
 */
public record SplitPart(ByteBuffer dump, long startFrame, long endFrame, long frameLimit) {
  private static final int SIGNATURE = 8;

  /** Empty if the file is no part of a split dump, or its headers are damaged. */
  public static Optional<SplitPart> of(ImageBytes beginning) {
    if (!beginning.contains(0, SIGNATURE)) {
      return Optional.empty();
    }
    MemorySegment signature = beginning.require(0, SIGNATURE, "the signature");
    if (!new KdumpFormat().recognises(signature)) {
      return Optional.empty();
    }
    try {
      KdumpFile file = KdumpFile.read(beginning);
      KdumpSubHeader sub = file.subHeader();
      return sub.split()
          ? Optional.of(
              new SplitPart(
                  file.header().identity(), sub.startFrame(), sub.endFrame(), sub.frameLimit()))
          : Optional.empty();
    } catch (PagestreamException e) {
      // Damaged: opening the file by itself says how.
      return Optional.empty();
    }
  }
}
