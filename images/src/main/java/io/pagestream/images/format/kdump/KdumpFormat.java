package io.pagestream.images.format.kdump;

import io.pagestream.images.format.FormatDescription;
import io.pagestream.images.format.FormatDescription.Peer;
import io.pagestream.images.format.ImageFormat;
import io.pagestream.images.format.ImageInput;
import io.pagestream.images.format.ImagePart;
import io.pagestream.images.memory.MemoryImage;
import io.pagestream.images.source.ImageBytes;
import io.pagestream.images.source.LittleEndian;
import io.pagestream.images.writing.ImageWriter;
import io.pagestream.schemas.error.PagestreamException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/**
 * Compressed kernel dumps of makedumpfile, diskdump and QEMU: headers, bitmaps of the pages that
 * exist and that were dumped, descriptors, data.
 */
public final class KdumpFormat implements ImageFormat {
  /** "KDUMP " and "DISKDUMP", as little-endian numbers. */
  private static final long KDUMP = 0x2020_2050_4D55_444BL;

  private static final long DISKDUMP = 0x504D_5544_4B53_4944L;

  private static final int SIGNATURE = Long.BYTES;

  @Override
  public String name() {
    return "kdump";
  }

  @Override
  public FormatDescription description() {
    return FormatDescription.of(
        "kdump (makedumpfile, diskdump)",
        "little- and big-endian; zlib, lzo, snappy, zstd, uncompressed; flattened; split into several files; pages of 4 to 64 KiB",
        Peer.CRASH,
        Peer.DRGN);
  }

  @Override
  public boolean recognises(MemorySegment header) {
    return header.byteSize() >= SIGNATURE
        && (LittleEndian.i64(header, 0) == KDUMP || LittleEndian.i64(header, 0) == DISKDUMP);
  }

  @Override
  public boolean mayBeSplit() {
    return true;
  }

  @Override
  public Optional<ImagePart> part(ImageBytes beginning) {
    if (!beginning.contains(0, SIGNATURE)
        || !recognises(beginning.require(0, SIGNATURE, "the signature"))) {
      return Optional.empty();
    }
    try {
      return KdumpFile.read(beginning).part();
    } catch (PagestreamException e) {
      return Optional.empty();
    }
  }

  @Override
  public List<ImageWriter> writers() {
    return List.of(
        new KdumpWriter(KdumpWriter.Compression.ZLIB),
        new KdumpWriter(KdumpWriter.Compression.ZSTD));
  }

  @Override
  public MemoryImage open(ImageInput input) {
    return KdumpOpening.open(input);
  }

  /** Whether these first bytes are those of diskdump, which has a different sub header. */
  static boolean isDiskdump(MemorySegment header) {
    return LittleEndian.i64(header, 0) == DISKDUMP;
  }
}
