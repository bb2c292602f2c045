package io.pagestream.analyzers.extent;

import java.util.zip.Checksum;

/**
 * Contiguous memory from a file's first byte on, read in pieces of {@value #PIECE} bytes. Reads
 * beyond the end return zero; callers check {@link #has} first.
 */
public final class ContiguousBytes {
  /** Bytes that are read at once. */
  public static final int PIECE = 64 * 1024;

  /** The memory. */
  @FunctionalInterface
  public interface Source {
    /**
     * Reads bytes.
     *
     * @param offset a multiple of {@link #PIECE}, counted from the file's first byte
     * @param into receives up to {@link #PIECE} bytes
     * @return number of bytes until memory ends, at most {@link #PIECE}
     */
    int read(long offset, byte[] into);
  }

  private final Source source;
  private final long limit;
  private final byte[] piece = new byte[PIECE];
  private long start = -1;
  private int length;

  /**
   * Memory of a source.
   *
   * @param limit maximum number of bytes
   */
  public ContiguousBytes(Source source, long limit) {
    this.source = source;
    this.limit = limit;
  }

  /**
   * Whether memory contains {@code count} bytes from an offset on, as far as its last one shows.
   */
  boolean has(long offset, long count) {
    return offset >= 0 && count >= 0 && offset <= limit - count && isVisible(offset + count - 1);
  }

  /** Maximum number of bytes; memory may end before. */
  long limit() {
    return limit;
  }

  private boolean isVisible(long offset) {
    if (offset < 0) {
      return true;
    }
    long wanted = offset / PIECE * PIECE;
    if (wanted != start) {
      length = source.read(wanted, piece);
      start = wanted;
    }
    return offset - start < length;
  }

  /** A byte; 0 beyond the end. */
  int u8(long offset) {
    return offset >= 0 && offset < limit && isVisible(offset)
        ? piece[(int) (offset - start)] & 0xff
        : 0;
  }

  /** A number of up to eight bytes. */
  long number(long offset, int bytes, boolean bigEndian) {
    long number = 0;
    for (int i = 0; i < bytes; i++) {
      number = (number << 8) | u8(offset + (bigEndian ? i : bytes - 1 - i));
    }
    return number;
  }

  long le16(long offset) {
    return number(offset, 2, false);
  }

  long le32(long offset) {
    return number(offset, 4, false);
  }

  long be16(long offset) {
    return number(offset, 2, true);
  }

  long be32(long offset) {
    return number(offset, 4, true);
  }

  /** Whether the bytes at an offset are those of an ASCII text. */
  boolean isText(long offset, String text) {
    for (int i = 0; i < text.length(); i++) {
      if (u8(offset + i) != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Adds bytes to a checksum. */
  void update(Checksum checksum, long from, long count) {
    long at = from;
    long end = from + count;
    while (at < end && isVisible(at)) {
      int here = (int) Math.min(end - at, length - (at - start));
      checksum.update(piece, (int) (at - start), here);
      at += here;
    }
  }

  /**
   * Copies bytes.
   *
   * @return number of bytes that were copied; 0 at the end
   */
  public int copy(long from, byte[] into) {
    if (from >= limit || !isVisible(from)) {
      return 0;
    }
    int here = (int) Math.min(Math.min(into.length, limit - from), length - (from - start));
    System.arraycopy(piece, (int) (from - start), into, 0, here);
    return here;
  }
}
