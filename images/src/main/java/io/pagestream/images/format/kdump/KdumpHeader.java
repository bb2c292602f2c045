package io.pagestream.images.format.kdump;

import io.pagestream.images.source.BigEndian;
import io.pagestream.images.source.Endianness;
import io.pagestream.images.source.ImageBytes;
import io.pagestream.images.source.LittleEndian;
import io.pagestream.schemas.page.Pages;
import io.pagestream.schemas.text.PrintableText;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Block 0 of a kdump (makedumpfile {@code diskdump_mod.h}): 0 signature, 8 u32 header version, 12
 * six strings of 65 bytes (utsname), then after padding and a time stamp, at {@link
 * KdumpLayout#statusOffset()}: u32 status, block size, sub header size (blocks), bitmap blocks,
 * max_mapnr.
 *
 * @param layout 64 or 32 bit, little- or big-endian
 * @param blockBytes size of a block, which is the size of a page of the machine: 4096 to 65,536
 * @param version header version; determines the fields of the sub header
 * @param status compression of most pages, and 8 if the dump is incomplete
 * @param subHeaderBlocks length of the sub header, in blocks
 * @param bitmapBlocks length of the bitmaps, in blocks
 * @param frameLimit page frame after the last, from block 0 (versions before 6)
 * @param machine utsname.machine; the only field of utsname that QEMU writes
 * @param release utsname.release; may be empty
 * @param identity equal in all parts of a split dump, and different in all other dumps
 */
record KdumpHeader(
    KdumpLayout layout,
    int blockBytes,
    int version,
    int status,
    long subHeaderBlocks,
    long bitmapBlocks,
    long frameLimit,
    String machine,
    String release,
    ByteBuffer identity) {
  static final int STATUS_INCOMPLETE = 8;

  /** The newest header version (makedumpfile 1.5.2 and later). */
  private static final int NEWEST = 6;

  private static final int SIZE = 464;
  private static final int UTSNAME_FIELD = 65;
  private static final int RELEASE = 12 + 2 * UTSNAME_FIELD;
  private static final int MACHINE = 12 + 4 * UTSNAME_FIELD;

  /** The block size of most machines, in which dumps are written. */
  static final int BLOCK = Pages.SIZE;

  static KdumpHeader read(ImageBytes bytes) {
    MemorySegment header = bytes.require(0, SIZE, "the kdump header");
    Endianness order = order(header);
    int version = order.i32(header, 8);
    if (version < 0 || version > NEWEST) {
      throw bytes.corrupt(
          8, "kdump header version %d; 0 to %d are known".formatted(version, NEWEST));
    }
    String machine = text(header, MACHINE);
    KdumpLayout layout = KdumpLayout.of(bytes, header, machine, order);
    long at = layout.statusOffset();
    return new KdumpHeader(
        layout,
        (int) order.u32(header, at + 4),
        version,
        order.i32(header, at),
        order.u32(header, at + 8),
        order.u32(header, at + 12),
        order.u32(header, at + 16),
        machine,
        text(header, RELEASE),
        ByteBuffer.wrap(header.asSlice(0, at).toArray(ValueLayout.JAVA_BYTE)));
  }

  /** Offset of the bitmaps. */
  long bitmapOffset() {
    return (1 + subHeaderBlocks) * blockBytes;
  }

  /** Length of the bitmaps, in bytes. */
  long bitmapLength() {
    return bitmapBlocks * blockBytes;
  }

  /** Physical address of a page frame of the machine. */
  long address(long frame) {
    return frame * blockBytes;
  }

  /** Pages of 4096 bytes in a page frame of the machine. */
  int framePages() {
    return blockBytes / Pages.SIZE;
  }

  /** Offset of the page descriptors. */
  long descriptorOffset() {
    return bitmapOffset() + bitmapLength();
  }

  /**
   * The order in which the machine writes its numbers. Versions are small, so that they are in the
   * first or in the last byte of the field; version 0, of the first diskdumps, is equal in both,
   * and then the block size decides.
   */
  private static Endianness order(MemorySegment header) {
    if (LittleEndian.i32(header, 8) == 0) {
      return KdumpLayout.hasPageSize(header, Endianness.LITTLE)
              || !KdumpLayout.hasPageSize(header, Endianness.BIG)
          ? Endianness.LITTLE
          : Endianness.BIG;
    }
    long version = BigEndian.u32(header, 8);
    return version <= NEWEST ? Endianness.BIG : Endianness.LITTLE;
  }

  /** The byte order of all numbers in the dump, its descriptors included. */
  Endianness order() {
    return layout.order();
  }

  private static String text(MemorySegment header, int at) {
    byte[] field = header.asSlice(at, UTSNAME_FIELD).toArray(ValueLayout.JAVA_BYTE);
    int end = 0;
    while (end < field.length && field[end] != 0) {
      end++;
    }
    return PrintableText.of(new String(field, 0, end, StandardCharsets.ISO_8859_1), UTSNAME_FIELD);
  }
}
