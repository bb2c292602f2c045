package io.pagestream.images.container;

import java.io.IOException;
import org.tukaani.xz.SeekableInputStream;

/** Adapts a compressed input to the interface of the xz library. */
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
