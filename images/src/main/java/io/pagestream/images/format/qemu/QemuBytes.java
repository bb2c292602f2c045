package io.pagestream.images.format.qemu;

import io.pagestream.images.source.BigEndian;
import io.pagestream.images.source.DoubtfulBytes;
import io.pagestream.images.source.ImageBytes;
import io.pagestream.schemas.page.Pages;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The content of all RAM blocks, one after the other. Pages that are not in the stream cannot be
 * read.
 */
final class QemuBytes implements ImageBytes {
  private static final int MOST_DOUBTS = 1000;

  private final ImageBytes stream;
  private final List<RamBlock> blocks;
  private final long length;
  private final Inflater inflater = new Inflater();
  private final byte[] plain = new byte[Pages.SIZE];

  QemuBytes(ImageBytes stream, List<RamBlock> blocks) {
    this.stream = stream;
    this.blocks = blocks;
    this.length = blocks.getLast().contentEnd();
  }

  @Override
  public String name() {
    return stream.name();
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public long storedLength() {
    return stream.storedLength();
  }

  @Override
  public long read(long offset, MemorySegment destination) {
    long done = 0;
    while (done < destination.byteSize() && offset + done < length) {
      long at = offset + done;
      int within = (int) (at & (Pages.SIZE - 1));
      long size = Math.min(Pages.SIZE - within, destination.byteSize() - done);
      long read = readPage(record(at), within, destination.asSlice(done, size));
      done += read;
      if (read < size) {
        break;
      }
    }
    return done;
  }

  private long record(long contentOffset) {
    int low = 0;
    int high = blocks.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (blocks.get(middle).contentOffset() <= contentOffset) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    RamBlock block = blocks.get(low);
    return block.index().get(Pages.frameNumber(contentOffset - block.contentOffset()));
  }

  private long readPage(long page, int within, MemorySegment destination) {
    if (page == PageIndex.NONE) {
      return 0;
    }
    return switch (PageRecord.kind(page)) {
      case PageRecord.FILL -> {
        destination.fill((byte) PageRecord.value(page));
        yield destination.byteSize();
      }
      case PageRecord.STORED -> stream.read(PageRecord.value(page) + within, destination);
      default -> inflate(PageRecord.value(page), within, destination);
    };
  }

  private long inflate(long offset, int within, MemorySegment destination) {
    MemorySegment head = MemorySegment.ofArray(new byte[Integer.BYTES]);
    if (stream.read(offset, head) != Integer.BYTES) {
      return 0;
    }
    // The reader of records has limited the length.
    byte[] packed = new byte[(int) Math.min(BigEndian.u32(head, 0), 2L * Pages.SIZE)];
    if (stream.read(offset + Integer.BYTES, MemorySegment.ofArray(packed)) != packed.length) {
      return 0;
    }
    inflater.reset();
    inflater.setInput(packed);
    try {
      if (inflater.inflate(plain) != Pages.SIZE) {
        return 0;
      }
    } catch (DataFormatException e) {
      return 0;
    }
    MemorySegment.copy(
        plain, within, destination, ValueLayout.JAVA_BYTE, 0, (int) destination.byteSize());
    return destination.byteSize();
  }

  /** Doubts about the stream, as far as they concern bytes of pages. */
  @Override
  public List<DoubtfulBytes> doubts() {
    List<DoubtfulBytes> doubts = new ArrayList<>();
    for (DoubtfulBytes doubt : stream.doubts()) {
      if (doubt.length() == 0) {
        doubts.add(doubt);
      } else {
        blocks.forEach(block -> addDoubts(doubt, block, doubts));
      }
    }
    return doubts;
  }

  private static void addDoubts(DoubtfulBytes doubt, RamBlock block, List<DoubtfulBytes> doubts) {
    long from = -1;
    for (long page = 0; page <= block.index().pages(); page++) {
      boolean doubtful = page < block.index().pages() && isIn(doubt, block.index().get(page));
      if (doubtful && from < 0) {
        from = page;
      } else if (!doubtful && from >= 0) {
        boolean last = doubts.size() >= MOST_DOUBTS;
        long end = last ? block.index().pages() : page;
        doubts.add(
            new DoubtfulBytes(
                doubt.reason(),
                block.contentOffset() + Pages.address(from),
                Pages.address(end - from),
                doubt.message()));
        if (last) {
          return;
        }
        from = -1;
      }
    }
  }

  private static boolean isIn(DoubtfulBytes doubt, long page) {
    if (page == PageIndex.NONE || PageRecord.kind(page) == PageRecord.FILL) {
      // The offset of these is not kept: a doubt to the end of the stream may concern them.
      return page != PageIndex.NONE && doubt.length() == DoubtfulBytes.TO_END;
    }
    long offset = PageRecord.value(page);
    return offset + Pages.SIZE > doubt.offset() && offset < doubt.end();
  }

  @Override
  public void close() {
    inflater.end();
    stream.close();
  }
}
