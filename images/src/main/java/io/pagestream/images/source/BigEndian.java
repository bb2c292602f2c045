package io.pagestream.images.source;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Integers of file headers, most significant byte first, at any alignment. */
public final class BigEndian {
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private BigEndian() {}

  /** Unsigned 16-bit integer. */
  public static int u16(MemorySegment bytes, long offset) {
    return bytes.get(SHORT, offset) & 0xffff;
  }

  /** Signed 32-bit integer. */
  public static int i32(MemorySegment bytes, long offset) {
    return bytes.get(INT, offset);
  }

  /** Unsigned 32-bit integer. */
  public static long u32(MemorySegment bytes, long offset) {
    return bytes.get(INT, offset) & 0xffff_ffffL;
  }

  /** Signed 64-bit integer. */
  public static long i64(MemorySegment bytes, long offset) {
    return bytes.get(LONG, offset);
  }
}
