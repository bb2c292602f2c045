package io.pagestream.analyzers.decoders;

import io.pagestream.schemas.bzip2.BlockBits;
import io.pagestream.schemas.lz.EncodedBytes;

/** Reads bits, the highest of each byte first. Beyond the visible bytes it returns zeros. */
final class BitReader implements BlockBits<RuntimeException> {
  private EncodedBytes in = new EncodedBytes();
  private int at;
  private long buffer;
  private int count;

  /** Bits in the buffer that are beyond the visible bytes. */
  private int padding;

  void open(EncodedBytes bytes, int from) {
    in = bytes;
    at = from;
    buffer = 0;
    count = 0;
    padding = 0;
  }

  @Override
  public long bits(int size) {
    fill(size);
    count -= size;
    return (buffer >>> count) & ((1L << size) - 1);
  }

  @Override
  public int peek(int size) {
    fill(size);
    return (int) ((buffer >>> (count - size)) & ((1L << size) - 1));
  }

  @Override
  public void take(int size) {
    count -= size;
  }

  private void fill(int size) {
    while (count < size) {
      if (in.has(at, 1)) {
        buffer = buffer << Byte.SIZE | in.u8(at);
      } else {
        buffer <<= Byte.SIZE;
        padding += Byte.SIZE;
      }
      at++;
      count += Byte.SIZE;
    }
  }

  @Override
  public boolean ended() {
    return count < padding;
  }

  /** Bytes read so far. */
  int position() {
    return at;
  }
}
