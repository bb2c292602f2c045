package io.pagestream.images.format.elf;

import io.pagestream.images.format.Segment;
import io.pagestream.images.source.ImageBytes;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * The relevant program headers.
 *
 * @param loads all PT_LOAD that have memory, in the order of the table
 * @param notes all PT_NOTE
 */
record ProgramHeaders(List<ProgramHeader> loads, List<ProgramHeader> notes) {
  /** Headers read at a time. */
  private static final int BATCH = 1024;

  static ProgramHeaders read(ImageBytes bytes, ElfHeader header) {
    long count = header.programHeaderCount();
    long offset = header.programHeaderOffset();
    int size = header.programHeaderSize();
    if (count == 0 || count > Segment.MOST) {
      throw bytes.corrupt(0, "%d program headers".formatted(count));
    }
    if (!bytes.contains(offset, count * size)) {
      throw bytes.truncated(offset, "the %d program headers".formatted(count));
    }
    List<ProgramHeader> loads = new ArrayList<>();
    List<ProgramHeader> notes = new ArrayList<>();
    for (int first = 0; first < count; first += BATCH) {
      int batch = (int) Math.min(BATCH, count - first);
      MemorySegment table =
          bytes.require(offset + (long) first * size, batch * size, "the program headers");
      for (int i = 0; i < batch; i++) {
        sort(header, table, (long) i * size, first + i, loads, notes);
      }
    }
    return new ProgramHeaders(loads, notes);
  }

  private static void sort(
      ElfHeader header,
      MemorySegment table,
      long at,
      int number,
      List<ProgramHeader> loads,
      List<ProgramHeader> notes) {
    int type = ProgramHeader.type(table, at, header.order());
    if (type != ProgramHeader.LOAD && type != ProgramHeader.NOTE) {
      return;
    }
    ProgramHeader program =
        header.wide()
            ? ProgramHeader.read64(table, at, number, header.order())
            : ProgramHeader.read32(table, at, number, header.order());
    if (type == ProgramHeader.NOTE) {
      notes.add(program);
    } else if (program.memorySize() != 0 || program.fileSize() != 0) {
      loads.add(program);
    }
  }
}
