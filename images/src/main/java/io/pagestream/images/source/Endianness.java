package io.pagestream.images.source;

import java.lang.foreign.MemorySegment;

/** The order of the bytes of integers in formats that a machine writes in its own order. */
public enum Endianness {
  /** Least significant byte first: x86, arm64, ppc64le. */
  LITTLE,
  /** Most significant byte first: s390x, ppc64, sparc. */
  BIG;

  /** Unsigned 16-bit integer. */
  public int u16(MemorySegment bytes, long offset) {
    return this == LITTLE ? LittleEndian.u16(bytes, offset) : BigEndian.u16(bytes, offset);
  }

  /** Signed 32-bit integer. */
  public int i32(MemorySegment bytes, long offset) {
    return this == LITTLE ? LittleEndian.i32(bytes, offset) : BigEndian.i32(bytes, offset);
  }

  /** Unsigned 32-bit integer. */
  public long u32(MemorySegment bytes, long offset) {
    return i32(bytes, offset) & 0xffff_ffffL;
  }

  /** Signed 64-bit integer. */
  public long i64(MemorySegment bytes, long offset) {
    return this == LITTLE ? LittleEndian.i64(bytes, offset) : BigEndian.i64(bytes, offset);
  }
}
