package io.pagestream.images.pagetable;

import io.pagestream.schemas.page.Pages;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Pages that may be top-level tables, recognized by a few words of each:
 *
 * <ul>
 *   <li>Linux, 64 bits: the last entry points to the tables of the kernel's image (Linux,
 *       Documentation/arch/x86/x86_64/mm.rst).
 *   <li>Windows, 64 bits: one entry of the upper half points to the page itself, and there is room
 *       in both halves (MemProcFS, vmmwininit.c; Volatility 3, automagic/windows.py).
 *   <li>Windows, PAE: entry 3 of the fourth directory points to itself, and 0 to 2 to the other
 *       directories: they are used instead of the top-level table.
 *   <li>Windows, 32 bits: entry 0x300 points to the page itself.
 *   <li>Linux, 32 bits: from entry 768 on large leaves map memory from 0.
 *   <li>Linux, PAE: large leaves of the kernel's directory map memory from 0. The direct map of a
 *       64-bit system has such a directory too, so these count only if nothing else is found.
 * </ul>
 */
final class RootCandidates {
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final long ADDRESS = 0x000f_ffff_ffff_f000L;

  /** Genuine copies at the beginning of a page: one. */
  static final int MOST_VMCORE_INFO = 64;

  /** One for each process if they do not share the kernel's directory, as with isolation. */
  private static final int MOST_DIRECT_MAPS = 1 << 15;

  /** "OSRELEAS" and "SE=" of "OSRELEASE=". */
  private static final long OSRELEAS = 0x5341454c4552534fL;

  private static final int EQUALS = 0x003d4553;

  private static final int LAST = 511;
  private static final int ROOM = 0x40;

  final AddressList vmcoreInfo = new AddressList();
  final AddressList linux = new AddressList();
  final AddressList windows = new AddressList();
  final AddressList windowsPae = new AddressList();
  final AddressList windows32 = new AddressList();
  final AddressList linux32 = new AddressList();
  final AddressList linuxPae = new AddressList();

  private final long endOfMemory;
  private final long linuxAddress;

  /**
   * Candidates of an image.
   *
   * @param endOfMemory address after the image's last page
   * @param encryptionMask bits of Linux's entries that are not part of the address
   */
  RootCandidates(long endOfMemory, long encryptionMask) {
    this.endOfMemory = endOfMemory;
    this.linuxAddress = ADDRESS & ~encryptionMask;
  }

  /** Examines one page. */
  void look(long address, MemorySegment memory, long offset) {
    if (memory.get(LONG, offset) == OSRELEAS
        && (memory.get(INT, offset + 7) & 0x00ff_ffff) == EQUALS
        && vmcoreInfo.size() < MOST_VMCORE_INFO) {
      vmcoreInfo.add(address, 0);
    }
    long last = memory.get(LONG, offset + LAST * 8);
    if (isKernelTable(last)) {
      linux.add(address, last & linuxAddress);
    }
    int self = selfReference(address, memory, offset);
    if (self >= 0) {
      windows.add(address, self);
    }
    if (isPaeDirectory(address, memory, offset)) {
      windowsPae.add(address, 0);
    }
    if (isDirectMap(memory, offset) && linuxPae.size() < MOST_DIRECT_MAPS) {
      linuxPae.add(address, 0);
    }
    look32(address, memory, offset);
  }

  /** Present, writable, not large, executable, no reserved or ignored high bits. */
  private boolean isKernelTable(long entry) {
    return (entry & ~ADDRESS & ~0xf7cL) == 0x3 && isInMemory(entry & linuxAddress);
  }

  private boolean isInMemory(long entry) {
    long address = entry & ADDRESS;
    return address != 0 && address < endOfMemory;
  }

  private static int selfReference(long address, MemorySegment memory, long offset) {
    int found = -1;
    for (int i = 256; i <= LAST; i++) {
      long entry = memory.get(LONG, offset + i * 8L);
      if ((entry & (ADDRESS | 0x183)) == (address | 0x3)) {
        if (found >= 0) {
          return -1;
        }
        found = i;
      }
    }
    return found >= 0 && hasRoom(memory, offset) ? found : -1;
  }

  private static boolean hasRoom(MemorySegment memory, long offset) {
    int lower = 0;
    int upper = 0;
    for (int i = 0; i <= LAST; i++) {
      long entry = memory.get(LONG, offset + i * 8L);
      if ((entry & 0x81) == 0x81) {
        return false; // a large leaf, which no top-level table has
      }
      lower += entry == 0 && i < 256 ? 1 : 0;
      upper += entry == 0 && i >= 256 ? 1 : 0;
    }
    return lower > ROOM && upper > ROOM;
  }

  private boolean isPaeDirectory(long address, MemorySegment memory, long offset) {
    long third = memory.get(LONG, offset + 3 * 8);
    if ((third & (ADDRESS | 0xfff0_0000_0000_0083L)) != (address | 0x3)) {
      return false;
    }
    for (int i = 0; i < 3; i++) {
      long entry = memory.get(LONG, offset + i * 8L);
      boolean brother =
          (entry & 0xfff0_0000_0000_0083L) == 0x3
              && isInMemory(entry)
              && (entry & ADDRESS) != address;
      if (!brother) {
        return false;
      }
    }
    return true;
  }

  /** Large leaves that user mode cannot access map memory in order; the first may be split. */
  private static boolean isDirectMap(MemorySegment memory, long offset) {
    for (long i = 1; i < 4; i++) {
      if ((memory.get(LONG, offset + i * 8) & (ADDRESS | 0x85)) != (i << 21 | 0x81)) {
        return false;
      }
    }
    return true;
  }

  private void look32(long address, MemorySegment memory, long offset) {
    if (address >= 1L << 32) {
      return;
    }
    int self = memory.get(INT, offset + 0x300 * 4);
    if ((self & 0xffff_f083L) == (address | 0x3)
        && (memory.get(INT, offset) & 0xff) == 0x67
        && hasKernelEntries(memory, offset)) {
      windows32.add(address, self & 0xffff_ffffL);
    }
    boolean directMap = true;
    for (int i = 1; i < 4; i++) {
      int entry = memory.get(INT, offset + (768 + i) * 4L);
      directMap &= (entry & 0xffff_f08f) == (i << 22 | 0x83);
    }
    if (directMap) {
      linux32.add(address, Pages.floor(memory.get(INT, offset + 768 * 4) & 0xffff_ffffL));
    }
  }

  /** More than 16 entries of the upper half are the kernel's: accessed, dirty, not for users. */
  private static boolean hasKernelEntries(MemorySegment memory, long offset) {
    int kernel = 0;
    for (int i = 512; i < 1024; i++) {
      int low = memory.get(INT, offset + i * 4L) & 0xff;
      kernel += low == 0x63 || low == 0xe3 ? 1 : 0;
    }
    return kernel > 16;
  }
}
