package io.pagestream.images.container;

import io.pagestream.schemas.bzip2.BlockBits;
import java.io.EOFException;
import java.io.IOException;

/** Bits of a compressed file, highest first, as bzip2 writes them. */
final class BitInput implements BlockBits<IOException> {
  private final CompressedInput input;
  private long buffer;
  private int count;

  /** Bits in the buffer that are beyond the end of the file. */
  private int padding;

  BitInput(CompressedInput input) {
    this.input = input;
  }

  @Override
  public long bits(int size) throws IOException {
    fill(size);
    count -= size;
    return (buffer >>> count) & ((1L << size) - 1);
  }

  @Override
  public int peek(int size) throws IOException {
    while (count < size) {
      int value = input.next();
      buffer = buffer << Byte.SIZE | Math.max(0, value);
      count += Byte.SIZE;
      padding += value < 0 ? Byte.SIZE : 0;
    }
    return (int) ((buffer >>> (count - size)) & ((1L << size) - 1));
  }

  @Override
  public void take(int size) throws IOException {
    count -= size;
    if (count < padding) {
      throw new EOFException("the file ends");
    }
  }

  @Override
  public boolean ended() {
    return false; // taking bits beyond the end throws
  }

  private void fill(int size) throws IOException {
    while (count < size) {
      buffer = buffer << Byte.SIZE | input.require();
      count += Byte.SIZE;
    }
  }

  /** Position of the next bit. */
  long position() {
    return (input.position() * Byte.SIZE) - (count - padding);
  }

  /** Goes to a bit. */
  void seek(long position) throws IOException {
    input.seek(position / Byte.SIZE);
    buffer = 0;
    count = 0;
    padding = 0;
    bits((int) (position % Byte.SIZE));
  }

  /** Skips to the next whole byte, and gives the bytes after it back to the input. */
  void align() {
    input.seek((position() + Byte.SIZE - 1) / Byte.SIZE);
    buffer = 0;
    count = 0;
    padding = 0;
  }
}
