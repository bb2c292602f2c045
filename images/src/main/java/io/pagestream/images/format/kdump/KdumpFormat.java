package io.pagestream.images.format.kdump;

import io.pagestream.images.format.ImageFormat;
import io.pagestream.images.format.ImageInput;
import io.pagestream.images.memory.MemoryImage;
import io.pagestream.images.source.LittleEndian;
import java.lang.foreign.MemorySegment;

/**
 * Compressed kernel dumps of makedumpfile, diskdump and QEMU: headers, bitmaps of the pages that
 * exist and that were dumped, descriptors, data.
 */
public final class KdumpFormat implements ImageFormat {
  /** "KDUMP " and "DISKDUMP", as little-endian numbers. */
  private static final long KDUMP = 0x2020_2050_4D55_444BL;

  private static final long DISKDUMP = 0x504D_5544_4B53_4944L;

  @Override
  public String name() {
    return "kdump";
  }

  @Override
  public boolean recognises(MemorySegment header) {
    return header.byteSize() >= 8
        && (LittleEndian.i64(header, 0) == KDUMP || LittleEndian.i64(header, 0) == DISKDUMP);
  }

  @Override
  public boolean mayBeSplit() {
    return true;
  }

  @Override
  public MemoryImage open(ImageInput input) {
    return KdumpOpening.open(input);
  }

  /** Whether these first bytes are diskdump's, whose sub header is another. */
  static boolean isDiskdump(MemorySegment header) {
    return LittleEndian.i64(header, 0) == DISKDUMP;
  }
}
