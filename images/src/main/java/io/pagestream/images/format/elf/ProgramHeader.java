package io.pagestream.images.format.elf;

import io.pagestream.images.source.Endianness;
import java.lang.foreign.MemorySegment;

/**
 * A program header (ELF gABI, "Program Header").
 *
 * @param number its index in the table
 * @param fileOffset p_offset, unsigned
 * @param virtualAddress p_vaddr, unsigned
 * @param physicalAddress p_paddr, unsigned
 * @param fileSize p_filesz, unsigned
 * @param memorySize p_memsz, unsigned
 */
record ProgramHeader(
    int number,
    long fileOffset,
    long virtualAddress,
    long physicalAddress,
    long fileSize,
    long memorySize) {
  static final int LOAD = 1;
  static final int NOTE = 4;

  /** p_type, first of all in both layouts. */
  static int type(MemorySegment table, long at, Endianness order) {
    return order.i32(table, at);
  }

  /** ELF64: 4 flags, 8 offset, 16 vaddr, 24 paddr, 32 filesz, 40 memsz, 48 align. */
  static ProgramHeader read64(MemorySegment table, long at, int number, Endianness order) {
    return new ProgramHeader(
        number,
        order.i64(table, at + 8),
        order.i64(table, at + 16),
        order.i64(table, at + 24),
        order.i64(table, at + 32),
        order.i64(table, at + 40));
  }

  /** ELF32: 4 offset, 8 vaddr, 12 paddr, 16 filesz, 20 memsz, 24 flags, 28 align. */
  static ProgramHeader read32(MemorySegment table, long at, int number, Endianness order) {
    return new ProgramHeader(
        number,
        order.u32(table, at + 4),
        order.u32(table, at + 8),
        order.u32(table, at + 12),
        order.u32(table, at + 16),
        order.u32(table, at + 20));
  }
}
