package io.pagestream.analyzers.files;

/**
 * Decompresses the beginning of data to determine whether it is raw deflate data (RFC 1951).
 * Bounded: at most {@link #MAX_INPUT} bytes in and {@link #MAX_OUTPUT} out.
 */
final class DeflateProbe implements AutoCloseable {
  private static final int MAX_INPUT = 1024;
  private static final int MAX_OUTPUT = 16 * 1024;

  /** Amount of output from the first page that is sufficient proof. */
  private static final int ENOUGH_OUTPUT = 32;

  private final InflateBuffer output = new InflateBuffer(MAX_OUTPUT);

  /**
   * Decompresses the beginning.
   *
   * @param from offset of the first compressed byte, in {@code header}
   * @param end offset after the last byte that may be compressed data
   * @return whether the examined bytes are deflate data
   */
  boolean probe(HeaderBytes header, int from, int end) {
    output.reset();
    int limit = Math.min(Math.min(end, header.size()), from + MAX_INPUT);
    int inPage = Math.max(from, Math.min(limit, header.inPage()));
    boolean valid = output.feed(header, from, inPage);
    if (valid && !finished() && produced() < ENOUGH_OUTPUT) {
      valid = output.feed(header, inPage, limit);
    }
    return valid && (finished() || produced() > 0);
  }

  /** Whether the data ended within the bytes that were shown. */
  boolean finished() {
    return output.finished();
  }

  /** Compressed bytes that were decompressed. */
  int consumed() {
    return output.consumed();
  }

  /** Number of decompressed bytes. */
  int produced() {
    return output.length();
  }

  /** The decompressed bytes, of which {@link #produced()} are valid until the next call. */
  byte[] bytes() {
    return output.bytes();
  }

  /** CRC-32 of the decompressed bytes. */
  long crc32() {
    return output.crc32();
  }

  @Override
  public void close() {
    output.close();
  }
}
