package io.pagestream.producer.container;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * All members of a gzip file, one after the other (RFC 1952, 2.2). The platform's own class decides
 * from {@code available()} whether a member follows, and loses what it has already inflated when
 * the file is cut off; this one does neither. Zeros after the last member (tape padding) are
 * ignored.
 */
final class GzipInput extends InputStream {
  private static final int HAS_CRC = 2;
  private static final int HAS_EXTRA = 4;
  private static final int HAS_NAME = 8;
  private static final int HAS_COMMENT = 16;

  private final InputStream compressed;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] input = new byte[1 << 16];
  private final byte[] single = new byte[1];
  private int at;
  private int end;
  private boolean inMember;
  private boolean first = true;

  GzipInput(InputStream compressed) {
    this.compressed = compressed;
  }

  @Override
  public int read() throws IOException {
    return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (true) {
      if (!inMember && !nextMember()) {
        return -1;
      }
      int count = inflate(target, offset, length);
      if (count > 0) {
        return count;
      }
    }
  }

  /** Inflates some bytes; 0 at the end of the member. */
  private int inflate(byte[] target, int offset, int length) throws IOException {
    try {
      while (true) {
        int count = inflater.inflate(target, offset, length);
        if (count > 0) {
          crc.update(target, offset, count);
          return count;
        }
        if (inflater.finished()) {
          endMember();
          return 0;
        }
        if (inflater.needsDictionary()) {
          throw new IOException("deflate with a dictionary");
        }
        fill();
        inflater.setInput(input, at, end - at);
        at = end;
      }
    } catch (DataFormatException e) {
      throw new IOException(e.getMessage() == null ? "invalid deflate data" : e.getMessage(), e);
    }
  }

  private boolean nextMember() throws IOException {
    int magic = nextOrEnd();
    while (magic == 0 && !first) {
      magic = nextOrEnd();
    }
    if (magic < 0 && !first) {
      return false;
    }
    if (magic != 0x1F || next() != 0x8B || next() != 8) {
      throw new IOException("data after the last gzip member");
    }
    skipHeader();
    inflater.reset();
    crc.reset();
    first = false;
    inMember = true;
    return true;
  }

  /** After the magic: flags, 4 time, 1 extra flags, 1 system, then what the flags say. */
  private void skipHeader() throws IOException {
    int flags = next();
    skip(6);
    if ((flags & HAS_EXTRA) != 0) {
      skip(next() | next() << 8);
    }
    if ((flags & HAS_NAME) != 0) {
      skipText();
    }
    if ((flags & HAS_COMMENT) != 0) {
      skipText();
    }
    if ((flags & HAS_CRC) != 0) {
      skip(2);
    }
  }

  /** CRC-32, and the length modulo 2^32, both least significant byte first. */
  private void endMember() throws IOException {
    at = end - inflater.getRemaining();
    long expected = u32();
    long size = u32();
    inMember = false;
    if (expected != crc.getValue() || size != (inflater.getBytesWritten() & 0xffff_ffffL)) {
      throw new IOException("the checksum of a gzip member is wrong");
    }
  }

  private void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      next();
    }
  }

  private void skipText() throws IOException {
    int character = next();
    while (character != 0) {
      character = next();
    }
  }

  private long u32() throws IOException {
    return next() | next() << 8 | next() << 16 | (long) next() << 24;
  }

  private int next() throws IOException {
    int value = nextOrEnd();
    if (value < 0) {
      throw new EOFException("unexpected end");
    }
    return value;
  }

  private int nextOrEnd() throws IOException {
    if (at == end) {
      at = 0;
      end = Math.max(0, compressed.read(input));
      if (end == 0) {
        return -1;
      }
    }
    return input[at++] & 0xff;
  }

  private void fill() throws IOException {
    if (at == end) {
      at = 0;
      end = Math.max(0, compressed.read(input));
      if (end == 0) {
        throw new EOFException("unexpected end");
      }
    }
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    compressed.close();
  }
}
