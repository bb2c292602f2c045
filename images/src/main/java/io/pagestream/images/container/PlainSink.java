package io.pagestream.images.container;

import io.pagestream.images.source.DoubtfulBytes;
import java.nio.ByteBuffer;

/** Receives the decompressed data of a file, and the problems. */
interface PlainSink {
  /** Number of bytes so far, including lost ones. */
  long length();

  /**
   * Appends bytes.
   *
   * @param bytes from its position to its limit; both are undefined afterwards
   */
  void append(ByteBuffer bytes);

  /** Whether no more data is needed. */
  boolean isFull();

  /** Adds lost bytes at this position; they read as unreadable. */
  void lose(long count);

  /** Drops everything beyond a length. */
  void cut(long length);

  /** Adds a doubt; offsets are those of the decompressed bytes. */
  void doubt(DoubtfulBytes doubt);
}
