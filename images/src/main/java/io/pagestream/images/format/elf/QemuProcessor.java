package io.pagestream.images.format.elf;

import io.pagestream.images.memory.ProcessorState;
import io.pagestream.images.source.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * The "QEMU" note of one x86 processor, QEMUCPUState (QEMU {@code target/i386/arch_dump.c}): 0 u32
 * version 1, 4 u32 size, 8 16 u64 general registers, 136 rip, 144 rflags, 152 ten segment registers
 * of 24 bytes, 392 cr0 to cr4 as u64, 432 kernel gs base (newer ones).
 */
final class QemuProcessor {
  private static final int CR0 = 392;
  private static final int CR3 = 416;
  private static final int CR4 = 424;
  private static final int SMALLEST = 432;

  private QemuProcessor() {}

  /**
   * The control registers; empty for notes of other machines, which have a different size and no
   * CR3.
   */
  static Optional<ProcessorState> read(MemorySegment note, int number) {
    if (note.byteSize() < SMALLEST
        || LittleEndian.u32(note, 0) != 1
        || LittleEndian.u32(note, 4) < SMALLEST) {
      return Optional.empty();
    }
    return Optional.of(
        new ProcessorState(
            number,
            LittleEndian.i64(note, CR0),
            LittleEndian.i64(note, CR3),
            LittleEndian.i64(note, CR4)));
  }
}
