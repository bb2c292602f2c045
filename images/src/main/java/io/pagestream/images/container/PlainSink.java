package io.pagestream.images.container;

import io.pagestream.images.source.DoubtfulBytes;
import java.nio.ByteBuffer;

/** Takes what a decompressor makes of a file, and what went wrong with it. */
interface PlainSink {
  /** Bytes so far, lost ones included. */
  long length();

  /**
   * Appends bytes.
   *
   * @param bytes from its position to its limit; both are undefined afterwards
   */
  void append(ByteBuffer bytes);

  /** Whether no more is wanted. */
  boolean isFull();

  /** Bytes that should stand here and cannot be had; they read as unreadable. */
  void lose(long count);

  /** Drops what lies beyond a length. */
  void cut(long length);

  /** Notes a doubt; offsets are those of the decompressed bytes. */
  void doubt(DoubtfulBytes doubt);
}
