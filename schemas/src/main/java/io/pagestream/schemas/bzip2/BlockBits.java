package io.pagestream.schemas.bzip2;

/**
 * Bits of a compressed stream, the highest of each byte first. Beyond its end a source either
 * throws, or returns zeros and says that it has {@linkplain #ended() ended}.
 *
 * @param <E> the exception of a source that can fail; {@link RuntimeException} if it cannot
 */
public interface BlockBits<E extends Exception> {
  /** Up to 32 bits as a number. */
  long bits(int size) throws E;

  /** One bit. */
  default int bit() throws E {
    return (int) bits(1);
  }

  /** The next bits, at most 24, without taking them; beyond the end they are zero. */
  int peek(int size) throws E;

  /** Takes bits that were peeked at. */
  void take(int size) throws E;

  /** Whether bits beyond the end were taken. */
  boolean ended();
}
