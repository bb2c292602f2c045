package io.pagestream.images.container;

import io.pagestream.images.source.ImageBytes;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.function.LongConsumer;

/** A compressed file for its decoder: sequential, with the ability to go back and to skip. */
final class CompressedInput {
  /** The unit in which disks lose data. */
  private static final int SECTOR = 512;

  /**
   * Failing disks take seconds for each attempt, so that long bad areas are skipped in large steps.
   */
  private static final long LONGEST_LEAP = 1 << 20;

  private final ImageBytes bytes;
  private final LongConsumer progress;
  private final byte[] buffer = new byte[1 << 16];
  private final MemorySegment segment = MemorySegment.ofArray(buffer);
  private long start;
  private int size;
  private int at;

  /**
   * An input at the beginning of a file.
   *
   * @param progress receives the offset up to which the file has been read, each time it reads on
   */
  CompressedInput(ImageBytes bytes, LongConsumer progress) {
    this.bytes = bytes;
    this.progress = progress;
  }

  /** The file's name. */
  String name() {
    return bytes.name();
  }

  /** The file, for random access. */
  ImageBytes bytes() {
    return bytes;
  }

  /** Its length. */
  long length() {
    return bytes.length();
  }

  /** Offset of the next byte. */
  long position() {
    return start + at;
  }

  /** Goes to an offset. */
  void seek(long offset) {
    if (offset >= start && offset <= start + size) {
      at = (int) (offset - start);
    } else {
      start = offset;
      size = 0;
      at = 0;
    }
  }

  /** The next byte, or -1 at the end. */
  int next() throws BadSector {
    return at < size || fill() ? buffer[at++] & 0xff : -1;
  }

  /** The next byte, which must exist. */
  int require() throws IOException {
    int value = next();
    if (value < 0) {
      throw new EOFException("the file ends");
    }
    return value;
  }

  /** Reads exactly as many bytes as the buffer has room. */
  void require(ByteBuffer target) throws IOException {
    while (target.hasRemaining()) {
      if (at == size && !fill()) {
        throw new EOFException("the file ends");
      }
      int count = Math.min(target.remaining(), size - at);
      target.put(buffer, at, count);
      at += count;
    }
  }

  /** Reads some bytes; -1 at the end. */
  int read(byte[] target, int offset, int length) throws BadSector {
    if (at == size && !fill()) {
      return -1;
    }
    int count = Math.min(length, size - at);
    System.arraycopy(buffer, at, target, offset, count);
    at += count;
    return count;
  }

  /** Unsigned 32-bit integer, least significant byte first. */
  long u32() throws IOException {
    return require() | require() << 8 | require() << 16 | (long) require() << 24;
  }

  private boolean fill() throws BadSector {
    long offset = position();
    if (offset >= bytes.length()) {
      return false;
    }
    start = offset;
    at = 0;
    size = (int) bytes.read(offset, segment);
    if (size == 0) {
      throw new BadSector(offset, nextReadable(offset));
    }
    progress.accept(offset + size);
    return true;
  }

  private long nextReadable(long offset) {
    MemorySegment sector = MemorySegment.ofArray(new byte[SECTOR]);
    long step = SECTOR;
    long next = (offset / SECTOR + 1) * SECTOR;
    while (next < bytes.length() && bytes.read(next, sector) == 0) {
      if (next - offset > 64L * step) {
        step = Math.min(LONGEST_LEAP, step * 2);
      }
      next += step;
    }
    return Math.min(next, bytes.length());
  }
}
