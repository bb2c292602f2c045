package io.pagestream.cases.seal;

import java.io.IOException;
import java.io.InputStream;

/** Hashes the bytes that a parser reads, and the rest of the stream. */
public final class HashingStream extends InputStream {
  private static final int BUFFER_BYTES = 1 << 16;

  private final InputStream in;
  private final ContentHash hash = new ContentHash();

  /** Reads another stream, which the caller closes. */
  public HashingStream(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = in.read(bytes, offset, length);
    if (read > 0) {
      hash.add(bytes, offset, read);
    }
    return read;
  }

  /** Reads to the end, only to hash it. */
  public void skipAll() throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    while (read(buffer, 0, buffer.length) >= 0) {
      // only the hash is needed
    }
  }

  /** Bytes read so far. */
  public long sizeBytes() {
    return hash.sizeBytes();
  }

  /** The hash of the bytes read; nothing can be read afterwards. */
  public ContentHash.Hashed finish() {
    return hash.finish();
  }
}
