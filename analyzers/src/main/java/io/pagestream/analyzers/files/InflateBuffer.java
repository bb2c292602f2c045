package io.pagestream.analyzers.files;

import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Decompresses raw deflate data (RFC 1951), piece by piece, into a buffer of a fixed size. */
final class InflateBuffer implements AutoCloseable {
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] bytes;
  private int length;

  InflateBuffer(int size) {
    this.bytes = new byte[size];
  }

  /** Begins with other data. */
  void reset() {
    inflater.reset();
    length = 0;
  }

  /** Returns whether the bytes are deflate data; stops when there is no room for more. */
  boolean feed(HeaderBytes header, int from, int to) {
    inflater.setInput(header.array(), header.arrayOffset(from), to - from);
    try {
      while (!inflater.finished() && length < bytes.length) {
        int count = inflater.inflate(bytes, length, bytes.length - length);
        if (count == 0) {
          return true;
        }
        length += count;
      }
      return true;
    } catch (DataFormatException e) {
      return false;
    }
  }

  /** Whether the data ended within the bytes that were given. */
  boolean finished() {
    return inflater.finished();
  }

  /** Compressed bytes that were decompressed. */
  int consumed() {
    return (int) inflater.getBytesRead();
  }

  /** The decompressed bytes, of which {@link #length()} are valid. */
  byte[] bytes() {
    return bytes;
  }

  /** Bytes that came out. */
  int length() {
    return length;
  }

  /** CRC-32 of the bytes that came out. */
  long crc32() {
    crc.reset();
    crc.update(bytes, 0, length);
    return crc.getValue();
  }

  @Override
  public void close() {
    inflater.end();
  }
}
