package io.pagestream.analyzers.files;

import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The content of a gzip member, as far as its bytes are visible. Bytes beyond the member's first
 * page may belong to an unrelated page: their content is kept unless the data proves that they do
 * not belong to the member.
 */
final class GzipContent implements AutoCloseable {
  /** Limit of the content; the rest is cut. */
  static final int MOST_BYTES = 256 * 1024;

  private static final int TRAILER_BYTES = 8;

  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] content = new byte[MOST_BYTES];
  private int length;
  private boolean cut;

  /**
   * Decompresses a member.
   *
   * @param header the bytes from its first on
   * @param data offset of the compressed data
   */
  void decode(HeaderBytes header, int data) {
    inflater.reset();
    length = 0;
    cut = true;
    int inPage = Math.clamp(header.inPage(), data, header.size());
    if (!feed(header, data, inPage)) {
      return;
    }
    int proven = length;
    if (!inflater.finished()
        && (!feed(header, inPage, header.size()) || !trailerHolds(header, data))) {
      length = proven;
      return;
    }
    cut = !inflater.finished();
  }

  /** Returns whether the bytes are deflate data; stops when the output is full. */
  private boolean feed(HeaderBytes header, int from, int to) {
    inflater.setInput(header.array(), header.arrayOffset(from), to - from);
    try {
      while (!inflater.finished() && length < MOST_BYTES) {
        int count = inflater.inflate(content, length, MOST_BYTES - length);
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

  /** Whether CRC-32 and size are correct, if the data's end and the trailer are visible. */
  private boolean trailerHolds(HeaderBytes header, int data) {
    int at = data + (int) inflater.getBytesRead();
    if (!inflater.finished() || !header.has(at, TRAILER_BYTES)) {
      return true;
    }
    crc.reset();
    crc.update(content, 0, length);
    return header.u32le(at) == crc.getValue() && header.u32le(at + 4) == length;
  }

  /** The decompressed bytes, of which {@link #length()} are valid until the next call. */
  byte[] bytes() {
    return content;
  }

  int length() {
    return length;
  }

  /** Whether the member continues after these bytes. */
  boolean isCut() {
    return cut;
  }

  @Override
  public void close() {
    inflater.end();
  }
}
