package io.pagestream.schemas.codec;

import java.io.ByteArrayOutputStream;

/** A byte array stream that keeps its array and whose writes are not synchronized. */
final class ReusableBytes extends ByteArrayOutputStream {
  ReusableBytes(int size) {
    super(size);
  }

  // The methods of the superclass are synchronized, which is not needed: one codec serves one
  // thread.
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
