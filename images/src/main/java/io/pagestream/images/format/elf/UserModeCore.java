package io.pagestream.images.format.elf;

import io.pagestream.images.source.ImageBytes;

/**
 * Distinguishes the core of a single crashed program, which has no physical addresses, from that of
 * a machine.
 */
final class UserModeCore {
  private UserModeCore() {}

  /** Rejects a user-mode core, whose addresses would be wrong for every byte. */
  static void refuse(ImageBytes bytes, ProgramHeaders programs, ElfNotes notes) {
    if (notes.ofMachine()) {
      return;
    }
    // The kernel and gdb write p_paddr = 0 into all segments of a program's core.
    boolean physical =
        programs.loads().stream()
            .anyMatch(load -> load.physicalAddress() != 0 || load.virtualAddress() == 0);
    boolean ofKernel = isOfKernel(programs);
    if (ofKernel && !physical) {
      throw bytes.unsupported(
          "is a copy of /proc/kcore of a Linux kernel before 4.11, without physical addresses",
          "acquire the memory with LiME or AVML, or convert the copy with kcore2lime");
    }
    if (!ofKernel && (notes.ofProgram() || !physical)) {
      throw bytes.unsupported(
          "is the core dump of a single program, without physical addresses",
          "give a dump of the whole machine's memory");
    }
  }

  /**
   * Whether the segments are in the upper half of the address space, as in /proc/kcore, which has
   * the notes of a program ("CORE"). A program has at most its vsyscall page there.
   */
  private static boolean isOfKernel(ProgramHeaders programs) {
    long upper = programs.loads().stream().filter(load -> load.virtualAddress() < 0).count();
    return upper > 0 && 2 * upper > programs.loads().size();
  }
}
