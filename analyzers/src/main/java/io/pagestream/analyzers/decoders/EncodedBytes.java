package io.pagestream.analyzers.decoders;

import io.pagestream.analyzers.damage.SoundPages;

/**
 * The bytes from the first one of a possible stream on, as far as a decoder may use them. Offsets
 * count from that byte. Also counts the work that decoding them costs.
 */
final class EncodedBytes {
  private byte[] bytes = new byte[0];
  private int start;
  private int size;
  private int inPage;
  private int work;
  private int reached;

  /**
   * Shows the bytes from {@code start} on.
   *
   * @param limit offset in {@code bytes} after the last visible byte
   * @param pageEnd offset in {@code bytes} after the last byte of the first one's page
   */
  void show(byte[] bytes, int start, int limit, int pageEnd) {
    this.bytes = bytes;
    this.start = start;
    this.size = limit - start;
    this.inPage = Math.min(size, pageEnd - start);
    this.work = 0;
    this.reached = 0;
  }

  /** Records how many bytes deflate data was read for, which tells where it became invalid. */
  void reached(int length) {
    reached = Math.min(length, size);
  }

  /**
   * After a failure: hides what probably does not belong to the stream, at most all but the first
   * byte's page; returns whether that hides anything.
   */
  boolean onlySound(SoundPages sound) {
    int shown = size;
    size = sound.length(bytes, start, inPage, reached);
    return size < shown;
  }

  /** Number of visible bytes. */
  int size() {
    return size;
  }

  /** Whether {@code length} bytes from {@code offset} on are visible. */
  boolean has(int offset, int length) {
    return offset >= 0 && offset <= size - length;
  }

  /** Whether the four bytes before the first one are these characters, and visible. */
  boolean follows(String four) {
    for (int i = 0; i < four.length(); i++) {
      int at = start - four.length() + i;
      if (at < 0 || bytes[at] != four.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  int u8(int offset) {
    return bytes[start + offset] & 0xff;
  }

  int u16(int offset) {
    return u8(offset) | u8(offset + 1) << 8;
  }

  int u24(int offset) {
    return u16(offset) | u8(offset + 2) << 16;
  }

  long u32(int offset) {
    return u16(offset) | (long) u16(offset + 2) << 16;
  }

  long u32be(int offset) {
    return (long) u8(offset) << 24 | u8(offset + 1) << 16 | u8(offset + 2) << 8 | u8(offset + 3);
  }

  /** The underlying array, for decoders that require one. */
  byte[] array() {
    return bytes;
  }

  /** Offset in {@link #array()}. */
  int arrayOffset(int offset) {
    return start + offset;
  }

  /** Adds to the work: one unit is about the cost of copying a byte. */
  void spend(int units) {
    work += units;
  }

  /** The work spent since {@link #show}. */
  int work() {
    return work;
  }
}
