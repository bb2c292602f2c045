package io.pagestream.images.format.elf;

import io.pagestream.images.interval.Intervals;
import io.pagestream.images.memory.VmcoreInfo;
import io.pagestream.images.writing.ByteOrders;
import io.pagestream.images.writing.ImageOutput;
import io.pagestream.images.writing.ImageWriter;
import io.pagestream.images.writing.Losses;
import io.pagestream.images.writing.OutputFormat;
import io.pagestream.images.writing.StoredMemory;
import io.pagestream.schemas.page.Pages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes an ELF64 core (ELF gABI): a note with the kernel's VMCOREINFO if the image has it, and one
 * PT_LOAD for each stretch of memory. A stretch that is not stored has {@code p_filesz} 0.
 */
public final class ElfWriter implements ImageWriter {
  private static final int HEADER_BYTES = 64;
  private static final int PROGRAM_HEADER_BYTES = 56;
  private static final int SECTION_HEADER_BYTES = 64;
  private static final int PN_XNUM = 0xffff;
  private static final int CORE = 4;
  private static final int PT_LOAD = 1;
  private static final int PT_NOTE = 4;
  private static final int READ_WRITE_EXECUTE = 7;
  private static final int X86_64 = 62;

  @Override
  public OutputFormat format() {
    return new OutputFormat(
        "elf", "ELF64 core with physical addresses, as of QEMU and kdump", Losses.NONE);
  }

  /** A stretch of memory, in bytes of physical addresses. */
  private record Stretch(long start, long end, boolean isStored) {}

  @Override
  public void write(StoredMemory memory, ImageOutput output)
      throws IOException, InterruptedException {
    ByteOrders.requireLittle(memory, format().name());
    List<Stretch> stretches = stretches(memory);
    ByteBuffer note =
        memory.facts().machine().vmcoreInfo().map(ElfWriter::note).orElse(ImageOutput.header(0));
    int noteBytes = note.remaining();
    int count = stretches.size() + (noteBytes > 0 ? 1 : 0);
    boolean extended = count >= PN_XNUM;
    long noteOffset =
        HEADER_BYTES + (extended ? SECTION_HEADER_BYTES : 0) + (long) count * PROGRAM_HEADER_BYTES;
    long dataOffset = Pages.ceil(noteOffset + noteBytes);
    output.append(header(memory, count, extended));
    if (noteBytes > 0) {
      output.append(programHeader(PT_NOTE, 0, noteOffset, 0, noteBytes, noteBytes));
    }
    long offset = dataOffset;
    for (Stretch stretch : stretches) {
      long size = stretch.end() - stretch.start();
      long inFile = stretch.isStored() ? size : 0;
      output.append(
          programHeader(PT_LOAD, READ_WRITE_EXECUTE, offset, stretch.start(), inFile, size));
      offset += inFile;
    }
    output.append(note);
    long[] next = {dataOffset};
    memory.forEachBlock((physicalAddress, bytes) -> {
      output.write(next[0], bytes);
      next[0] += bytes.byteSize();
    });
  }

  /** The described memory, cut where stored memory begins or ends. */
  private static List<Stretch> stretches(StoredMemory memory) {
    List<Stretch> stretches = new ArrayList<>();
    Intervals stored = memory.stored();
    Intervals described = memory.describedRanges();
    for (int i = 0; i < described.size(); i++) {
      long at = described.start(i);
      long end = described.end(i);
      for (int s = stored.firstAfter(at); s < stored.size() && stored.start(s) < end; s++) {
        add(stretches, at, stored.start(s), false);
        add(stretches, stored.start(s), stored.end(s), true);
        at = stored.end(s);
      }
      add(stretches, at, end, false);
    }
    return stretches;
  }

  private static void add(List<Stretch> stretches, long start, long end, boolean isStored) {
    if (start < end) {
      stretches.add(new Stretch(start, end, isStored));
    }
  }

  private static ByteBuffer header(StoredMemory memory, int count, boolean extended) {
    int machine = memory.facts().machine().architecture().map(ElfWriter::machine).orElse(X86_64);
    ByteBuffer header =
        ImageOutput.header(HEADER_BYTES + (extended ? SECTION_HEADER_BYTES : 0))
            .put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1})
            .position(16)
            .putShort((short) CORE)
            .putShort((short) machine)
            .putInt(1)
            .putLong(0)
            .putLong(HEADER_BYTES + (extended ? SECTION_HEADER_BYTES : 0))
            .putLong(extended ? HEADER_BYTES : 0)
            .putInt(0)
            .putShort((short) HEADER_BYTES)
            .putShort((short) PROGRAM_HEADER_BYTES)
            .putShort((short) Math.min(count, PN_XNUM))
            .putShort((short) (extended ? SECTION_HEADER_BYTES : 0))
            .putShort((short) (extended ? 1 : 0));
    if (extended) {
      header.putInt(HEADER_BYTES + 44, count); // sh_info of section 0
    }
    return header.rewind();
  }

  private static ByteBuffer programHeader(
      int type, int flags, long offset, long physicalAddress, long fileSize, long memorySize) {
    return ImageOutput.header(PROGRAM_HEADER_BYTES)
        .putInt(type)
        .putInt(flags)
        .putLong(offset)
        .putLong(0)
        .putLong(physicalAddress)
        .putLong(fileSize)
        .putLong(memorySize)
        .putLong(0)
        .flip();
  }

  /** A note: u32 length of the name, u32 length of the text, u32 type 0, both padded to 4 bytes. */
  private static ByteBuffer note(VmcoreInfo info) {
    byte[] name = "VMCOREINFO\0".getBytes(StandardCharsets.US_ASCII);
    byte[] text = info.text().getBytes(StandardCharsets.ISO_8859_1);
    return ImageOutput.header(12 + padded(name.length) + padded(text.length))
        .putInt(name.length)
        .putInt(text.length)
        .putInt(0)
        .put(name)
        .position(12 + padded(name.length))
        .put(text)
        .rewind();
  }

  private static int padded(int size) {
    return (size + 3) & ~3;
  }

  private static int machine(String architecture) {
    return switch (architecture) {
      case "i386" -> 3;
      case "ppc64le" -> 21;
      case "arm" -> 40;
      case "aarch64" -> 183;
      case "riscv64" -> 243;
      case "loongarch64" -> 258;
      default -> X86_64;
    };
  }
}
