package io.pagestream.schemas.lz;

import java.util.zip.CRC32;

/** The output of a decoder: a buffer of a fixed size, in which earlier output can be repeated. */
public final class DecodedBytes {
  private final CRC32 crc = new CRC32();
  private final byte[] bytes;
  private int length;
  private boolean overflow;

  /** A buffer with room for {@code size} bytes. */
  public DecodedBytes(int size) {
    this.bytes = new byte[size];
  }

  /** Discards the output. */
  public void clear() {
    length = 0;
    overflow = false;
  }

  /** The bytes, of which {@link #length()} are valid. */
  public byte[] array() {
    return bytes;
  }

  /** Number of bytes of output. */
  public int length() {
    return length;
  }

  /** Number of bytes for which there is room. */
  public int room() {
    return bytes.length - length;
  }

  /** Whether there was more output than room. */
  public boolean overflow() {
    return overflow;
  }

  /** Drops the end of the output. */
  public void truncate(int newLength) {
    length = Math.min(length, newLength);
  }

  /** Counts bytes that were written to {@link #array()} after the last one. */
  public void advance(int count) {
    length += count;
  }

  /** Appends a byte; returns false if there is no room. */
  public boolean put(int value) {
    if (length == bytes.length) {
      overflow = true;
      return false;
    }
    bytes[length++] = (byte) value;
    return true;
  }

  /** Appends bytes of the input, as many as there is room for; returns whether all of them fit. */
  public boolean put(EncodedBytes in, int from, int count) {
    int fits = Math.min(count, room());
    System.arraycopy(in.array(), in.arrayOffset(from), bytes, length, fits);
    length += fits;
    overflow |= fits < count;
    return fits == count;
  }

  /**
   * Repeats {@code count} bytes of the output, the first of which is {@code distance} before its
   * end. The caller has checked the distance. Returns whether all of them fit.
   */
  public boolean repeat(int distance, int count) {
    int fits = Math.min(count, room());
    if (distance >= fits) {
      System.arraycopy(bytes, length - distance, bytes, length, fits);
    } else {
      for (int i = 0; i < fits; i++) {
        bytes[length + i] = bytes[length + i - distance];
      }
    }
    length += fits;
    overflow |= fits < count;
    return fits == count;
  }

  /** CRC-32 of the output from an offset on. */
  public long crc32(int from) {
    crc.reset();
    crc.update(bytes, from, length - from);
    return crc.getValue();
  }
}
