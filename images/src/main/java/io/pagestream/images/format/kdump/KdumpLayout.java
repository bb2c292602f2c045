package io.pagestream.images.format.kdump;

import io.pagestream.images.source.Endianness;
import io.pagestream.images.source.ImageBytes;
import java.lang.foreign.MemorySegment;

/**
 * The layout of the headers by the machine's ABI. The sub header's fields follow each other in the
 * order of the columns; i386 aligns u64 to 4 bytes, ARM and MIPS to 8 (crash {@code diskdump.c},
 * comment on struct alignment). QEMU writes the packed layout for all 32-bit machines ({@code
 * include/sysemu/dump.h}, KdumpSubHeader32). Offsets in bytes.
 *
 * <pre>
 *          status  long  level  split  start  end  vmcoreinfo  note  start64  end64  limit64
 * 64 bit      424     8      8     12     16   24      32, 40  48, 56   80     88       96
 * packed 32   412     4      4      8     12   16      20, 28  32, 40   56     64       72
 * aligned 32  412     4      4      8     12   16      24, 32  40, 48   72     80       88
 * </pre>
 *
 * @param order byte order of the machine
 * @param statusOffset the status field, in block 0; the other fields follow it
 */
record KdumpLayout(
    Endianness order,
    int statusOffset,
    int longSize,
    int level,
    int split,
    int start,
    int end,
    int vmcoreinfo,
    int note,
    int start64,
    int end64,
    int limit64) {
  /** The layout of 64-bit machines. */
  static final KdumpLayout WIDE =
      new KdumpLayout(Endianness.LITTLE, 424, 8, 8, 12, 16, 24, 32, 48, 80, 88, 96);

  private static final KdumpLayout PACKED =
      new KdumpLayout(Endianness.LITTLE, 412, 4, 4, 8, 12, 16, 20, 32, 56, 64, 72);
  private static final KdumpLayout ALIGNED =
      new KdumpLayout(Endianness.LITTLE, 412, 4, 4, 8, 12, 16, 24, 40, 72, 80, 88);
  private static final KdumpLayout WIDE_BIG =
      new KdumpLayout(Endianness.BIG, 424, 8, 8, 12, 16, 24, 32, 48, 80, 88, 96);
  private static final KdumpLayout PACKED_BIG =
      new KdumpLayout(Endianness.BIG, 412, 4, 4, 8, 12, 16, 20, 32, 56, 64, 72);
  private static final KdumpLayout ALIGNED_BIG =
      new KdumpLayout(Endianness.BIG, 412, 4, 4, 8, 12, 16, 24, 40, 72, 80, 88);

  /**
   * Offset of the pair that contains the position of the erase information; it follows that of the
   * notes.
   */
  int eraseInfo() {
    return note == PACKED.note ? note + 12 : note + 16;
  }

  /** An unsigned long of the machine, in the sub header. */
  long word(MemorySegment header, int offset) {
    return longSize == 8 ? order.i64(header, offset) : order.u32(header, offset);
  }

  /** Determines the layout by the position of a valid block size; QEMU may leave utsname empty. */
  static KdumpLayout of(ImageBytes bytes, MemorySegment header, String machine, Endianness order) {
    long wide = order.u32(header, WIDE.statusOffset + 4);
    long narrow = order.u32(header, PACKED.statusOffset + 4);
    boolean isWide = isPageSize(wide);
    if (!isWide && !isPageSize(narrow)) {
      throw bytes.corrupt(
          WIDE.statusOffset + 4, "kdump block size %d".formatted(wide == 0 ? narrow : wide));
    }
    if (isWide) {
      return order == Endianness.BIG ? WIDE_BIG : WIDE;
    }
    KdumpLayout packed = order == Endianness.BIG ? PACKED_BIG : PACKED;
    KdumpLayout aligned = order == Endianness.BIG ? ALIGNED_BIG : ALIGNED;
    boolean i386 = machine.isEmpty() || machine.matches("i[3-6]86");
    return i386 || packed.fitsBetter(bytes, header, aligned) ? packed : aligned;
  }

  /**
   * Whether the number of pages at this layout's offset is possible, and that at the other's is
   * not. Only from version 6 on, which all of QEMU's dumps have.
   */
  private boolean fitsBetter(ImageBytes bytes, MemorySegment header, KdumpLayout other) {
    if (order.i32(header, 8) < 6) {
      return false;
    }
    long block = order.u32(header, statusOffset + 4);
    MemorySegment sub = MemorySegment.ofArray(new byte[96]);
    long bits = order.u32(header, statusOffset + 12) * block * 8;
    return bytes.read(block, sub) == sub.byteSize()
        && isCount(order.i64(sub, limit64), bits)
        && !isCount(order.i64(sub, other.limit64), bits);
  }

  private static boolean isCount(long pages, long bits) {
    return pages > 0 && pages <= bits;
  }

  /** Whether a block size is valid in a byte order. */
  static boolean hasPageSize(MemorySegment header, Endianness order) {
    return isPageSize(order.u32(header, WIDE.statusOffset + 4))
        || isPageSize(order.u32(header, PACKED.statusOffset + 4));
  }

  private static boolean isPageSize(long size) {
    return size >= 4096 && size <= 65536 && Long.bitCount(size) == 1;
  }
}
