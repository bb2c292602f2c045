package io.pagestream.images.format.hiberfil;

import io.pagestream.images.memory.ProcessorState;
import io.pagestream.images.source.ImageBytes;
import io.pagestream.images.source.LittleEndian;
import io.pagestream.schemas.page.Pages;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * The state of the processor ({@code KPROCESSOR_STATE}) in the first pages: on 64-bit systems, its
 * special registers begin with CR0, CR2, CR3 and CR4; on 32-bit ones they follow a context of 0x2cc
 * bytes. The page differs between versions (1, 2 or 4 by Volatility 2): it is the one whose values
 * are possible and whose page table is in the file.
 */
final class SavedProcessor {
  private static final int REGISTERS_32 = 0x2cc;

  /** PE, MP, EM, TS, ET, NE, WP, AM, NW, CD and PG; the other bits are reserved (Intel SDM 2.5). */
  private static final long CR0_BITS = 0xe005_003fL;

  private static final long CR0_PAGING = 0x8000_0001L;
  private static final long CR4_BITS = 0x1ff_ffffL;
  private static final long CR4_PAE = 0x20;

  private SavedProcessor() {}

  /**
   * Searches for the state.
   *
   * @param endPage page after the last one to search
   */
  static Optional<ProcessorState> find(
      ImageBytes bytes, boolean wide, long endPage, FrameIndex index) {
    MemorySegment registers = MemorySegment.ofArray(new byte[32]);
    for (long page = 1; page < endPage; page++) {
      long offset = Pages.address(page) + (wide ? 0 : REGISTERS_32);
      if (bytes.read(offset, registers) != registers.byteSize()) {
        return Optional.empty();
      }
      long cr0 = register(registers, 0, wide);
      long cr3 = register(registers, 2, wide);
      long cr4 = register(registers, 3, wide);
      boolean possible =
          (cr0 & ~CR0_BITS) == 0
              && (cr0 & CR0_PAGING) == CR0_PAGING
              && (cr4 & ~CR4_BITS) == 0
              && (!wide || (cr4 & CR4_PAE) != 0)
              && cr3 > 0
              && cr3 < Pages.ADDRESS_LIMIT;
      if (possible && isStored(Pages.frameNumber(cr3), index)) {
        return Optional.of(new ProcessorState(0, cr0, cr3, cr4));
      }
    }
    return Optional.empty();
  }

  private static boolean isStored(long frame, FrameIndex index) {
    int run = index.firstEndingAfter(frame);
    return run < index.size() && index.frame(run) <= frame;
  }

  private static long register(MemorySegment registers, int number, boolean wide) {
    return wide
        ? LittleEndian.i64(registers, 8L * number)
        : LittleEndian.u32(registers, 4L * number);
  }
}
