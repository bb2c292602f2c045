package io.pagestream.analyzers.publickey;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Reads SSH's data types (RFC 4251, section 5) from bytes that may be anything. After the first
 * value that does not fit, {@link #failed} is true and all further values are empty.
 */
public final class SshReader {
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final byte[] NOTHING = {};

  private final MemorySegment memory;
  private final int limit;
  private int at;
  private boolean failed;

  /** Reads {@code [from, limit)}. */
  public SshReader(MemorySegment memory, int from, int limit) {
    this.memory = memory;
    this.at = from;
    this.limit = limit;
  }

  /** Reads an array. */
  public static SshReader of(byte[] bytes) {
    return new SshReader(MemorySegment.ofArray(bytes), 0, bytes.length);
  }

  /** Whether a value did not fit. */
  public boolean failed() {
    return failed;
  }

  /** Whether all values did fit and nothing is left. */
  public boolean isAtEnd() {
    return !failed && at == limit;
  }

  /** Offset of the next value. */
  public int offset() {
    return at;
  }

  /** A number of 32 bits; 0 if it does not fit. */
  public int u32() {
    if (failed || at > limit - Integer.BYTES) {
      failed = true;
      return 0;
    }
    at += Integer.BYTES;
    return memory.get(INT, at - Integer.BYTES);
  }

  /**
   * A string of bytes; empty if it does not fit or is longer than {@code max}.
   *
   * @param max maximum number of bytes
   */
  public byte[] bytes(int max) {
    int length = u32();
    if (failed || length < 0 || length > max || length > limit - at) {
      failed = true;
      return NOTHING;
    }
    at += length;
    return memory.asSlice(at - length, length).toArray(ValueLayout.JAVA_BYTE);
  }

  /** A string of printable ASCII characters; empty if it is something else. */
  public String word(int max) {
    byte[] bytes = bytes(max);
    for (byte b : bytes) {
      if (b <= ' ' || b > '~') {
        failed = true;
        return "";
      }
    }
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  /** A positive number in the shortest form; zero if it is something else. */
  public BigInteger positive(int maxBytes) {
    byte[] bytes = bytes(maxBytes + 1);
    boolean shortest =
        bytes.length > 0 && (bytes[0] > 0 || (bytes[0] == 0 && bytes.length > 1 && bytes[1] < 0));
    if (!shortest) {
      failed = true;
      return BigInteger.ZERO;
    }
    return new BigInteger(bytes);
  }
}
