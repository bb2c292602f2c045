package io.pagestream.images.container;

import java.io.IOException;
import org.tukaani.xz.SeekableInputStream;

/** A compressed input as the xz library wants it. */
final class XzSeekable extends SeekableInputStream {
  private final CompressedInput input;

  XzSeekable(CompressedInput input) {
    this.input = input;
  }

  @Override
  public int read() throws IOException {
    return input.next();
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    return length == 0 ? 0 : input.read(target, offset, length);
  }

  @Override
  public long length() {
    return input.length();
  }

  @Override
  public long position() {
    return input.position();
  }

  @Override
  public void seek(long position) {
    input.seek(position);
  }
}
