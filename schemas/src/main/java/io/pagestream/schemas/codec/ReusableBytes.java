package io.pagestream.schemas.codec;

import java.io.ByteArrayOutputStream;

/** A byte array stream that keeps its array and whose writes are not synchronised. */
final class ReusableBytes extends ByteArrayOutputStream {
  ReusableBytes(int size) {
    super(size);
  }

  // The super class's methods are synchronised; one codec serves one thread, so this is not needed.
  @Override
  @SuppressWarnings("UnsynchronizedOverridesSynchronized")
  public void write(byte[] source, int offset, int length) {
    if (buf.length - count < length) {
      super.write(source, offset, length);
    } else {
      System.arraycopy(source, offset, buf, count, length);
      count += length;
    }
  }
}
