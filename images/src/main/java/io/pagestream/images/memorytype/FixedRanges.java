package io.pagestream.images.memorytype;

import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.memorytype.TypeCode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The fixed-range MTRRs, which cover the first MiB (Intel SDM vol. 3A, 11.11.2.2): 8 ranges of 64
 * KiB (MSR 0x250), 16 of 16 KiB from 0x80000 (0x258, 0x259), 64 of 4 KiB from 0xC0000 (0x268 to
 * 0x26F). One byte per range, the lowest first.
 *
 * @param types the 88 types by address; UNKNOWN where they are not known
 */
public record FixedRanges(List<CacheType> types) {
  /** Address after the last fixed range. */
  public static final long END = 0x100000;

  /** Numbers of the eleven registers, by their first address. */
  public static final List<Integer> REGISTERS =
      List.of(0x250, 0x258, 0x259, 0x268, 0x269, 0x26a, 0x26b, 0x26c, 0x26d, 0x26e, 0x26f);

  private static final int RANGES = 88;

  /** Checks the number of ranges. */
  public FixedRanges {
    types = List.copyOf(types);
    if (types.size() != RANGES) {
      throw new IllegalArgumentException(types.size() + " fixed ranges");
    }
  }

  /** Fixed ranges that exist but whose types are not known. */
  public static FixedRanges unknown() {
    return new FixedRanges(Collections.nCopies(RANGES, CacheType.UNKNOWN));
  }

  /** The ranges for the values of {@link #REGISTERS}, in their order. */
  public static FixedRanges of(List<Long> registers) {
    List<CacheType> types = new ArrayList<>(RANGES);
    for (long register : registers) {
      for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
        types.add(TypeCode.ofMtrr((int) (register >>> shift) & 0xff));
      }
    }
    return new FixedRanges(types);
  }

  /** The type at an address below {@link #END}. */
  public CacheType typeAt(long physicalAddress) {
    return types.get(indexOf((int) physicalAddress));
  }

  private static int indexOf(int address) {
    if (address < 0x80000) {
      return address >>> 16;
    }
    return address < 0xc0000 ? 8 + ((address - 0x80000) >>> 14) : 24 + ((address - 0xc0000) >>> 12);
  }

  /** First address of a range. */
  static long startOf(int index) {
    if (index < 8) {
      return (long) index << 16;
    }
    return index < 24 ? 0x80000 + ((index - 8L) << 14) : 0xc0000 + ((index - 24L) << 12);
  }
}
