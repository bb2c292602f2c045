package io.pagestream.analyzers.files;

import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decompresses the beginning of data to determine whether it is raw deflate data (RFC 1951).
 * Bounded: at most {@link #MAX_INPUT} bytes in and {@link #MAX_OUTPUT} out.
 */
final class DeflateProbe implements AutoCloseable {
  private static final int MAX_INPUT = 1024;
  private static final int MAX_OUTPUT = 16 * 1024;

  /** Amount of output from the first page that is sufficient proof. */
  private static final int ENOUGH_OUTPUT = 32;

  private final Inflater inflater = new Inflater(true);
  private final byte[] output = new byte[MAX_OUTPUT];
  private final CRC32 crc = new CRC32();
  private int produced;
  private boolean valid;

  /**
   * Decompresses the beginning.
   *
   * @param from offset of the first compressed byte, in {@code header}
   * @param end offset after the last byte that may be compressed data
   * @return whether the examined bytes are deflate data
   */
  boolean probe(HeaderBytes header, int from, int end) {
    inflater.reset();
    produced = 0;
    valid = true;
    int limit = Math.min(Math.min(end, header.size()), from + MAX_INPUT);
    int inPage = Math.max(from, Math.min(limit, header.inPage()));
    feed(header, from, inPage);
    if (valid && !finished() && produced < ENOUGH_OUTPUT) {
      feed(header, inPage, limit);
    }
    crc.reset();
    crc.update(output, 0, produced);
    return valid && (finished() || produced > 0);
  }

  private void feed(HeaderBytes header, int from, int to) {
    inflater.setInput(header.array(), header.arrayOffset(from), to - from);
    try {
      while (!inflater.finished() && produced < MAX_OUTPUT) {
        int count = inflater.inflate(output, produced, MAX_OUTPUT - produced);
        if (count == 0) {
          return;
        }
        produced += count;
      }
    } catch (DataFormatException e) {
      valid = false;
    }
  }

  /** Whether the data ended within the bytes that were shown. */
  boolean finished() {
    return inflater.finished();
  }

  /** Compressed bytes that were decompressed. */
  int consumed() {
    return (int) inflater.getBytesRead();
  }

  /** Number of decompressed bytes. */
  int produced() {
    return produced;
  }

  /** CRC-32 of the decompressed bytes. */
  long crc32() {
    return crc.getValue();
  }

  @Override
  public void close() {
    inflater.end();
  }
}
