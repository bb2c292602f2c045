package io.pagestream.images.format.macho;

import io.pagestream.images.source.ImageBytes;
import io.pagestream.images.source.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * The header of a Mach-O file ({@code mach-o/loader.h}): u32 magic, processor, its subtype, kind of
 * file, number and length of the load commands, flags, and in 64-bit files u32 reserved.
 *
 * @param wide whether it is a 64-bit file
 * @param bigEndian whether numbers are big endian
 * @param processor the processor's number
 * @param fileType kind of file
 * @param commands number of load commands
 * @param commandBytes length of all load commands
 */
record MachoHeader(
    boolean wide,
    boolean bigEndian,
    int processor,
    int fileType,
    long commands,
    long commandBytes) {
  private static final int MAGIC_32 = 0xfeedface;
  private static final int MAGIC_64 = 0xfeedfacf;
  private static final int BYTES_32 = 28;
  private static final int BYTES_64 = 32;

  /** Whether a file begins with a magic of either width, in either byte order. */
  static boolean recognises(MemorySegment header) {
    if (header.byteSize() < 4) {
      return false;
    }
    int magic = LittleEndian.i32(header, 0);
    return isMagic(magic) || isMagic(Integer.reverseBytes(magic));
  }

  private static boolean isMagic(int magic) {
    return magic == MAGIC_32 || magic == MAGIC_64;
  }

  /** Reads the header of a file that {@link #recognises} accepts. */
  static MachoHeader read(ImageBytes bytes) {
    MemorySegment header = bytes.require(0, BYTES_32, "the header of the Mach-O file");
    boolean big = !isMagic(LittleEndian.i32(header, 0));
    return new MachoHeader(
        u32(header, 0, big) == (MAGIC_64 & 0xffff_ffffL),
        big,
        (int) u32(header, 4, big),
        (int) u32(header, 12, big),
        u32(header, 16, big),
        u32(header, 20, big));
  }

  /** Offset of the first load command. */
  int bytes() {
    return wide ? BYTES_64 : BYTES_32;
  }

  /** An unsigned number of 32 bits. */
  static long u32(MemorySegment bytes, long offset, boolean big) {
    int value = LittleEndian.i32(bytes, offset);
    return (big ? Integer.reverseBytes(value) : value) & 0xffff_ffffL;
  }

  /** A number of 64 bits. */
  static long i64(MemorySegment bytes, long offset, boolean big) {
    long value = LittleEndian.i64(bytes, offset);
    return big ? Long.reverseBytes(value) : value;
  }

  /** The architecture as {@code uname -m} prints it, of the processors that Macs have had. */
  Optional<String> architecture() {
    return Optional.ofNullable(
        switch (processor) {
          case 7 -> "i386";
          case 0x0100_0007 -> "x86_64";
          case 18 -> "ppc";
          case 0x0100_0012 -> "ppc64";
          case 0x0100_000c -> "aarch64";
          default -> null;
        });
  }

  /** What the file is, if it is no core. */
  Optional<String> program() {
    return Optional.ofNullable(
        switch (fileType) {
          case 1 -> "an object file";
          case 2 -> "a program";
          case 6, 9 -> "a shared library";
          case 7 -> "a dynamic linker";
          case 8 -> "a plug-in";
          case 10 -> "a file of debugging symbols";
          case 11 -> "a kernel extension";
          case 12 -> "a collection of kernel extensions";
          default -> null;
        });
  }
}
