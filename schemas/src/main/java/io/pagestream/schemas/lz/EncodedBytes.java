package io.pagestream.schemas.lz;

/**
 * The bytes from the first one of a possible stream on, as far as a decoder may use them. Offsets
 * count from that byte. Also counts the work that decoding them costs.
 */
public final class EncodedBytes {
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
  public void show(byte[] bytes, int start, int limit, int pageEnd) {
    this.bytes = bytes;
    this.start = start;
    this.size = limit - start;
    this.inPage = Math.min(size, pageEnd - start);
    this.work = 0;
    this.reached = 0;
  }

  /** Determines how many bytes probably belong to a stream that could not be decoded. */
  @FunctionalInterface
  public interface SoundLength {
    /**
     * The number of bytes.
     *
     * @param bytes contains the stream
     * @param start offset of its first byte
     * @param inPage number of its bytes in the first one's page, the least result
     * @param reached number of bytes that were decoded before the failure, as far as known
     */
    int of(byte[] bytes, int start, int inPage, int reached);
  }

  /** Records how many bytes deflate data was read for, which tells where it became invalid. */
  public void reached(int length) {
    reached = Math.min(length, size);
  }

  /**
   * After a failure: hides what probably does not belong to the stream, at most all but the first
   * byte's page; returns whether that hides anything.
   */
  public boolean onlySound(SoundLength sound) {
    int shown = size;
    size = sound.of(bytes, start, inPage, reached);
    return size < shown;
  }

  /** Number of visible bytes. */
  public int size() {
    return size;
  }

  /** Whether {@code length} bytes from {@code offset} on are visible. */
  public boolean has(int offset, int length) {
    return offset >= 0 && offset <= size - length;
  }

  /** Whether the four bytes before the first one are these characters, and visible. */
  public boolean follows(String four) {
    for (int i = 0; i < four.length(); i++) {
      int at = start - four.length() + i;
      if (at < 0 || bytes[at] != four.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** The byte at an offset, unsigned. */
  public int u8(int offset) {
    return bytes[start + offset] & 0xff;
  }

  /** The 16-bit integer at an offset, least significant byte first. */
  public int u16(int offset) {
    return u8(offset) | u8(offset + 1) << 8;
  }

  /** The 24-bit integer at an offset, least significant byte first. */
  public int u24(int offset) {
    return u16(offset) | u8(offset + 2) << 16;
  }

  /** The 32-bit integer at an offset, least significant byte first, unsigned. */
  public long u32(int offset) {
    return u16(offset) | (long) u16(offset + 2) << 16;
  }

  /** The 32-bit integer at an offset, most significant byte first, unsigned. */
  public long u32be(int offset) {
    return (long) u8(offset) << 24 | u8(offset + 1) << 16 | u8(offset + 2) << 8 | u8(offset + 3);
  }

  /** The underlying array, for decoders that require one. */
  public byte[] array() {
    return bytes;
  }

  /** Offset in {@link #array()}. */
  public int arrayOffset(int offset) {
    return start + offset;
  }

  /** Adds to the work: one unit is about the cost of copying a byte. */
  public void spend(int units) {
    work += units;
  }

  /** The work spent since {@link #show}. */
  public int work() {
    return work;
  }
}
