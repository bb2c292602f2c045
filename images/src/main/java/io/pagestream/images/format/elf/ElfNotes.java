package io.pagestream.images.format.elf;

import io.pagestream.images.memory.MachineFacts;
import io.pagestream.images.memory.VmcoreInfo;
import io.pagestream.images.source.Endianness;
import io.pagestream.images.source.ImageBytes;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.doubt.DoubtReason;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Notes of a core: its creator, and facts about processors and kernel. A note is 0 u32 name size, 4
 * u32 descriptor size, 8 u32 type, then name and descriptor, each padded to 4 bytes (ELF gABI,
 * "Note Section"; all writers of cores pad to 4, in ELF64 too).
 */
public final class ElfNotes {
  /** 288 processors in QEMU have 0.3 MiB of notes. */
  private static final int MOST_BYTES = 16 << 20;

  /** Limit for the manifest, which should not contain the registers of a thousand processors. */
  private static final int MOST_PROCESSORS = 64;

  private static final int HEADER = 12;

  /** Notes that occur only in cores of programs: PRPSINFO, AUXV, "SIGI", "FILE" (Linux elf.h). */
  private static final List<Integer> OF_PROGRAMS = List.of(3, 6, 0x53494749, 0x46494C45);

  private final Endianness order;
  private final List<String> warnings = new ArrayList<>();
  private final List<Doubt> doubts = new ArrayList<>();
  private MachineFacts facts = MachineFacts.NONE;
  private boolean ofMachine;
  private boolean ofProgram;
  private int processors;

  private ElfNotes(Endianness order) {
    this.order = order;
  }

  static ElfNotes read(ImageBytes bytes, ElfHeader header, List<ProgramHeader> segments) {
    ElfNotes notes = new ElfNotes(header.order());
    notes.facts = MachineFacts.NONE.withArchitecture(machine(header));
    long left = MOST_BYTES;
    for (ProgramHeader segment : segments) {
      long size = Math.min(segment.fileSize(), left);
      MemorySegment region = null;
      if (size == segment.fileSize() && bytes.contains(segment.fileOffset(), size)) {
        left -= size;
        region = read(bytes, segment.fileOffset(), (int) size);
      }
      if (region == null) {
        notes.doubts.add(
            DoubtReason.UNREADABLE.of(
                "%s: the notes at offset 0x%x (%,d bytes) are truncated or cannot be read"
                    .formatted(bytes.name(), segment.fileOffset(), segment.fileSize())));
      } else {
        notes.parse(region);
      }
    }
    return notes;
  }

  private static @Nullable MemorySegment read(ImageBytes bytes, long offset, int size) {
    MemorySegment region = MemorySegment.ofArray(new byte[size]);
    return bytes.read(offset, region) == size ? region : null;
  }

  /** Facts from separate notes, as in a kdump. */
  public static MachineFacts factsOf(MemorySegment region, Endianness order) {
    ElfNotes notes = new ElfNotes(order);
    notes.parse(region);
    return notes.facts;
  }

  /** Facts about the machine from the header and the notes. */
  MachineFacts facts() {
    return facts;
  }

  List<String> warnings() {
    return warnings;
  }

  /** Notes that could not be read. */
  List<Doubt> doubts() {
    return doubts;
  }

  /** Whether a note identifies the memory of a whole machine. */
  boolean ofMachine() {
    return ofMachine;
  }

  /** Whether a note identifies the core of a program. */
  boolean ofProgram() {
    return ofProgram;
  }

  private void parse(MemorySegment region) {
    long at = 0;
    while (at + HEADER <= region.byteSize()) {
      long nameSize = order.u32(region, at);
      long size = order.u32(region, at + 4);
      int type = order.i32(region, at + 8);
      long descriptor = at + HEADER + padded(nameSize);
      if (descriptor + size > region.byteSize()) {
        warnings.add("a note is longer than its segment");
        return;
      }
      note(name(region, at + HEADER, nameSize), type, region.asSlice(descriptor, size));
      at = descriptor + padded(size);
    }
  }

  private void note(String name, int type, MemorySegment descriptor) {
    switch (name) {
      case "QEMU" -> {
        ofMachine = true;
        if (processors < MOST_PROCESSORS) {
          QemuProcessor.read(descriptor, processors++)
              .ifPresent(processor -> facts = facts.withProcessor(processor));
        }
      }
      case "VMCOREINFO" -> {
        ofMachine = true;
        long size = Math.min(descriptor.byteSize(), VmcoreInfo.MOST_BYTES);
        byte[] text = descriptor.asSlice(0, size).toArray(ValueLayout.JAVA_BYTE);
        facts = facts.withVmcoreInfo(VmcoreInfo.of(text));
      }
      case "VBCORE", "Xen" -> ofMachine = true;
      case "CORE" -> ofProgram |= OF_PROGRAMS.contains(type);
      default -> {}
    }
  }

  private static String name(MemorySegment region, long at, long size) {
    long length = Math.min(size, 32);
    byte[] bytes = region.asSlice(at, length).toArray(ValueLayout.JAVA_BYTE);
    int end = 0;
    while (end < bytes.length && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, 0, end, StandardCharsets.ISO_8859_1);
  }

  private static long padded(long size) {
    return (size + 3) & ~3L;
  }

  /** e_machine (ELF gABI, "ELF Header"), as utsname.machine names it; the name tells the order. */
  private static String machine(ElfHeader header) {
    boolean little = header.order() == Endianness.LITTLE;
    return switch (header.machine()) {
      case 2 -> "sparc";
      case 3 -> "i386";
      case 8 -> (header.wide() ? "mips64" : "mips") + (little ? "el" : "");
      case 15 -> "parisc";
      case 20 -> "ppc";
      case 21 -> little ? "ppc64le" : "ppc64";
      case 22 -> header.wide() ? "s390x" : "s390";
      case 40 -> little ? "arm" : "armeb";
      case 43 -> "sparc64";
      case 62 -> "x86_64";
      case 183 -> little ? "aarch64" : "aarch64_be";
      case 243 -> header.wide() ? "riscv64" : "riscv32";
      case 258 -> "loongarch64";
      default -> "e_machine " + header.machine();
    };
  }
}
