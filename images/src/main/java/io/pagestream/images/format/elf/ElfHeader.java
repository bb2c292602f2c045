package io.pagestream.images.format.elf;

import io.pagestream.images.source.Endianness;
import io.pagestream.images.source.ImageBytes;
import io.pagestream.schemas.error.PagestreamException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The relevant fields of an ELF header (ELF gABI, "ELF Header"; offsets for 64 and 32 bit in the
 * code).
 *
 * @param wide whether it is ELF64
 * @param order byte order of all numbers in the file's tables and notes, e_ident[EI_DATA]
 * @param machine e_machine
 * @param programHeaderOffset e_phoff; need not follow the header
 * @param programHeaderCount e_phnum, or sh_info of section 0 if e_phnum is {@code PN_XNUM}
 * @param programHeaderSize bytes from one program header to the next: e_phentsize, unless it is
 *     impossible
 */
record ElfHeader(
    boolean wide,
    Endianness order,
    int machine,
    long programHeaderOffset,
    long programHeaderCount,
    int programHeaderSize) {
  private static final int CORE = 4;

  /** Larger entries of a table are not plausible; their size is taken for damaged. */
  private static final int LARGEST_ENTRY = 1024;

  /** e_phnum = 0xffff: the count did not fit (ELF gABI, e_phnum; Linux elf.h PN_XNUM). */
  private static final int PN_XNUM = 0xffff;

  static ElfHeader read(ImageBytes bytes) {
    MemorySegment ident = bytes.require(0, 20, "the ELF header");
    int wordSize = ident.get(ValueLayout.JAVA_BYTE, 4);
    int data = ident.get(ValueLayout.JAVA_BYTE, 5);
    if (wordSize < 1 || wordSize > 2 || data < 1 || data > 2) {
      throw bytes.corrupt(4, "an ELF header of class %d, data %d".formatted(wordSize, data));
    }
    Endianness order = data == 2 ? Endianness.BIG : Endianness.LITTLE;
    requireCore(bytes, order.u16(ident, 16));
    return read(bytes, wordSize == 2, order);
  }

  private static ElfHeader read(ImageBytes bytes, boolean wide, Endianness order) {
    MemorySegment header = bytes.require(0, wide ? 64 : 52, "the ELF header");
    int sizes = wide ? 54 : 42;
    int count = order.u16(header, sizes + 2);
    int entrySize = order.u16(header, sizes);
    int fields = wide ? 56 : 32;
    long programs = wide ? order.i64(header, 32) : order.u32(header, 28);
    long sections = wide ? order.i64(header, 40) : order.u32(header, 32);
    return new ElfHeader(
        wide,
        order,
        order.u16(header, 18),
        programs,
        count == PN_XNUM ? extendedCount(bytes, order, sections, wide ? 44 : 28) : count,
        entrySize < fields || entrySize > LARGEST_ENTRY ? fields : entrySize);
  }

  private static long extendedCount(
      ImageBytes bytes, Endianness order, long sections, int infoOffset) {
    if (sections <= 0 || !bytes.contains(sections, infoOffset + 4)) {
      throw bytes.corrupt(
          sections, "e_phnum says that section 0 has the count, but there is no section 0");
    }
    return order.u32(bytes.require(sections, infoOffset + 4, "section 0"), infoOffset);
  }

  private static void requireCore(ImageBytes bytes, int type) {
    switch (type) {
      case CORE -> {}
      case 1 -> throw unsupported(bytes, "an ELF object file");
      case 2 -> throw unsupported(bytes, "an ELF program");
      case 3 -> throw unsupported(bytes, "an ELF program or shared library");
      default -> throw bytes.corrupt(16, "an ELF file of type %d".formatted(type));
    }
  }

  private static PagestreamException unsupported(ImageBytes bytes, String what) {
    return bytes.unsupported(
        "is %s, not a memory image".formatted(what),
        "give a memory image; if it is raw memory nevertheless, force the format 'raw'");
  }
}
