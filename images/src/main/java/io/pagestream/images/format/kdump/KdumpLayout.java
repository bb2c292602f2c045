package io.pagestream.images.format.kdump;

import io.pagestream.images.source.ImageBytes;
import io.pagestream.images.source.LittleEndian;
import java.lang.foreign.MemorySegment;

/**
 * The layout of the headers by the machine's ABI. The sub header's fields follow each other in the
 * order of the columns; i386 aligns u64 to 4 bytes, ARM and MIPS to 8 (crash {@code diskdump.c},
 * comment on struct alignment). Offsets in bytes.
 *
 * <pre>
 *          status  long  level  split  start  end  vmcoreinfo  note  start64  end64  limit64
 * 64 bit      424     8      8     12     16   24      32, 40  48, 56   80     88       96
 * i386        412     4      4      8     12   16      20, 28  32, 40   56     64       72
 * other 32    412     4      4      8     12   16      24, 32  40, 48   72     80       88
 * </pre>
 *
 * @param statusOffset the status field, in block 0; the other fields follow it
 */
record KdumpLayout(
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
  static final KdumpLayout WIDE = new KdumpLayout(424, 8, 8, 12, 16, 24, 32, 48, 80, 88, 96);

  private static final KdumpLayout I386 = new KdumpLayout(412, 4, 4, 8, 12, 16, 20, 32, 56, 64, 72);
  private static final KdumpLayout NARROW =
      new KdumpLayout(412, 4, 4, 8, 12, 16, 24, 40, 72, 80, 88);

  /**
   * Offset of the pair that contains the position of the erase information; it follows that of the
   * notes.
   */
  int eraseInfo() {
    return equals(I386) ? note + 12 : note + 16;
  }

  /** An unsigned long of the machine, in the sub header. */
  long word(MemorySegment header, int offset) {
    return longSize == 8 ? LittleEndian.i64(header, offset) : LittleEndian.u32(header, offset);
  }

  /** Determines the layout by the position of a valid block size; QEMU may leave utsname empty. */
  static KdumpLayout of(ImageBytes bytes, MemorySegment header, String machine) {
    long wide = LittleEndian.u32(header, WIDE.statusOffset + 4);
    long narrow = LittleEndian.u32(header, I386.statusOffset + 4);
    boolean isWide = isPageSize(wide);
    if (!isWide && !isPageSize(narrow)) {
      throw bytes.corrupt(
          WIDE.statusOffset + 4, "kdump block size %d".formatted(wide == 0 ? narrow : wide));
    }
    if (isWide) {
      return WIDE;
    }
    boolean i386 = machine.isEmpty() || machine.matches("i[3-6]86");
    return i386 ? I386 : NARROW;
  }

  private static boolean isPageSize(long size) {
    return size >= 4096 && size <= 65536 && Long.bitCount(size) == 1;
  }
}
