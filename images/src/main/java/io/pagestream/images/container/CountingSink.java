package io.pagestream.images.container;

import io.pagestream.images.source.DoubtfulBytes;
import java.nio.ByteBuffer;

/** Discards its data, for trial decompression. */
abstract class CountingSink implements PlainSink {
  private long length;

  final void count(long bytes) {
    length += bytes;
  }

  @Override
  public final long length() {
    return length;
  }

  @Override
  public void append(ByteBuffer bytes) {
    count(bytes.remaining());
  }

  @Override
  public void lose(long count) {
    count(count);
  }

  @Override
  public void cut(long to) {
    length = to;
  }

  @Override
  public void doubt(DoubtfulBytes doubt) {
    // A trial has no listener.
  }
}
