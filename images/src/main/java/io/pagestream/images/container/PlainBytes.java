package io.pagestream.images.container;

import io.pagestream.images.interval.Interval;
import io.pagestream.images.source.DoubtfulBytes;
import io.pagestream.images.source.FileBytes;
import io.pagestream.images.source.ImageBytes;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** The decompressed bytes of a file, with gaps where bytes were lost. */
final class PlainBytes implements ImageBytes {
  private final FileBytes bytes;
  private final List<Interval> gaps;
  private final List<DoubtfulBytes> doubts;
  private final long storedLength;

  /**
   * Takes over a file.
   *
   * @param gaps lost bytes: sorted, disjoint
   * @param storedLength length of the compressed file
   */
  PlainBytes(FileBytes bytes, List<Interval> gaps, List<DoubtfulBytes> doubts, long storedLength) {
    this.bytes = bytes;
    this.gaps = List.copyOf(gaps);
    this.doubts = List.copyOf(doubts);
    this.storedLength = storedLength;
  }

  @Override
  public String name() {
    return bytes.name();
  }

  @Override
  public long length() {
    return bytes.length();
  }

  @Override
  public long storedLength() {
    return storedLength;
  }

  @Override
  public List<DoubtfulBytes> doubts() {
    return doubts;
  }

  @Override
  public long read(long offset, MemorySegment destination) {
    for (Interval gap : gaps) {
      if (gap.start() > offset) {
        long most = Math.min(destination.byteSize(), gap.start() - offset);
        return bytes.read(offset, destination.asSlice(0, most));
      }
      if (gap.end() > offset) {
        return 0;
      }
    }
    return bytes.read(offset, destination);
  }

  @Override
  public void close() {
    bytes.close();
  }
}
