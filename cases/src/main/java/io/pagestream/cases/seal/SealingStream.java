package io.pagestream.cases.seal;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Hashes bytes while they are written, so that a file is not read again to be sealed. */
public final class SealingStream extends FilterOutputStream {
  private final ContentHash hash = new ContentHash();

  /** Forwards all bytes to another stream. */
  public SealingStream(OutputStream out) {
    super(out);
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    hash.add(bytes, offset, length);
    out.write(bytes, offset, length);
  }

  /** The hash of the bytes written; nothing may be written afterwards. */
  public ContentHash.Hashed finish() {
    return hash.finish();
  }
}
