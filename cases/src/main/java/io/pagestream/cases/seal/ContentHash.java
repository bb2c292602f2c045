package io.pagestream.cases.seal;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Hashes content while it is written or read: SHA-256 over all of it, and a CRC-32C of each block
 * of {@link #BLOCK_BYTES}. The SHA-256 is authoritative; the blocks only show where content
 * differs, which a single hash cannot.
 */
public final class ContentHash {
  /** Bytes in a block. */
  public static final int BLOCK_BYTES = 1 << 20;

  private final MessageDigest sha256 = sha256();
  private final CRC32C block = new CRC32C();
  private final StringBuilder blocks = new StringBuilder();
  private long sizeBytes;
  private int inBlock;

  /** A SHA-256, which every Java platform has. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /** Adds bytes. */
  public void add(byte[] bytes, int offset, int length) {
    sha256.update(bytes, offset, length);
    sizeBytes += length;
    int at = offset;
    int end = offset + length;
    while (at < end) {
      int part = Math.min(end - at, BLOCK_BYTES - inBlock);
      block.update(bytes, at, part);
      at += part;
      inBlock += part;
      if (inBlock == BLOCK_BYTES) {
        endBlock();
      }
    }
  }

  private void endBlock() {
    blocks.append(HexFormat.of().toHexDigits((int) block.getValue()));
    block.reset();
    inBlock = 0;
  }

  /** Bytes so far. */
  public long sizeBytes() {
    return sizeBytes;
  }

  /** The result; nothing can be added after it. */
  public Hashed finish() {
    if (inBlock > 0) {
      endBlock();
    }
    return new Hashed(sizeBytes, HexFormat.of().formatHex(sha256.digest()), blocks.toString());
  }

  /**
   * The hashes of some content.
   *
   * @param sizeBytes its size, in bytes
   * @param sha256 its SHA-256, in lower-case hex
   * @param blocks the CRC-32C of each block, 8 hex digits each, one after the other
   */
  public record Hashed(long sizeBytes, String sha256, String blocks) {
    private static final int DIGITS = 8;

    /**
     * First and last byte of the part that differs from other content, to the precision of a block;
     * null if they are equal, or if the other has no blocks.
     */
    public long @Nullable [] differsFrom(String otherBlocks) {
      if (otherBlocks.isEmpty() || otherBlocks.equals(blocks)) {
        return null;
      }
      int count = Math.min(blocks.length(), otherBlocks.length()) / DIGITS;
      int first = 0;
      while (first < count && same(otherBlocks, first)) {
        first++;
      }
      if (blocks.length() != otherBlocks.length()) {
        return range(first, blocks.length() / DIGITS - 1);
      }
      int last = count - 1;
      while (last > first && same(otherBlocks, last)) {
        last--;
      }
      return range(first, last);
    }

    private long[] range(int first, int last) {
      long from = Math.min((long) first * BLOCK_BYTES, sizeBytes);
      long to = Math.min((last + 1L) * BLOCK_BYTES, sizeBytes) - 1;
      return new long[] {from, Math.max(from, to)};
    }

    private boolean same(String other, int block) {
      return blocks.regionMatches(block * DIGITS, other, block * DIGITS, DIGITS);
    }
  }
}
