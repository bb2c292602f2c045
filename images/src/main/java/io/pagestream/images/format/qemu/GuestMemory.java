package io.pagestream.images.format.qemu;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Where a machine of QEMU has its RAM. The stream does not contain it: it follows from the machine
 * and its size. Pure.
 */
final class GuestMemory {
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;
  private static final long FOUR_GIB = 4 * GIB;

  /** From this size on, RAM below 4 GiB ends at 3 GiB (QEMU hw/i386/pc_piix.c, gigabyte_align). */
  private static final long I440FX_LOW = 0xe000_0000L;

  /** From this size on, RAM below 4 GiB ends at 2 GiB (QEMU hw/i386/pc_q35.c). */
  private static final long Q35_LOW = 0xb000_0000L;

  /** First addresses of RAM (QEMU hw/arm/virt.c, hw/riscv/virt.c: base of VIRT_MEM, VIRT_DRAM). */
  private static final long ARM_BASE = GIB;

  private static final long RISCV_BASE = 2 * GIB;

  private GuestMemory() {}

  /**
   * A part of the RAM.
   *
   * @param offset its offset in the RAM
   * @param address its physical address
   * @param size its length in bytes
   */
  record Part(long offset, long address, long size) {}

  /**
   * The RAM of a machine.
   *
   * @param machine the machine's name, for example {@code pc-i440fx-7.2}
   * @param block name of the RAM's first block
   * @param size of all RAM, in bytes
   * @param lowMemory RAM below 4 GiB according to the machine's CMOS, which has precedence
   * @return the parts by address; empty if the machine is not known
   */
  static List<Part> of(String machine, String block, long size, OptionalLong lowMemory) {
    if (isPc(machine, block)) {
      long low = Math.min(size, lowMemory.orElse(lowMemory(machine, size)));
      List<Part> parts = new ArrayList<>();
      parts.add(new Part(0, 0, low));
      if (size > low) {
        parts.add(new Part(low, FOUR_GIB, size - low));
      }
      return parts;
    }
    if (block.equals("mach-virt.ram")) {
      return List.of(new Part(0, ARM_BASE, size));
    }
    return block.equals("riscv_virt_board.ram")
        ? List.of(new Part(0, RISCV_BASE, size))
        : List.of();
  }

  /** Whether it is an x86 machine, whose RAM begins at 0 and may continue at 4 GiB. */
  static boolean isPc(String machine, String block) {
    return block.equals("pc.ram")
        || block.equals("microvm.ram")
        || machine.equals("pc")
        || machine.startsWith("pc-")
        || machine.startsWith("q35")
        || machine.startsWith("rhel")
        || machine.startsWith("microvm");
  }

  /** RAM below 4 GiB by the rules of the machine; all of it if there is none above. */
  private static long lowMemory(String machine, long size) {
    if (machine.contains("q35")) {
      return size >= Q35_LOW ? 2 * GIB : size;
    }
    if (machine.startsWith("microvm")) {
      return Math.min(size, 3 * GIB);
    }
    if (size < I440FX_LOW) {
      return size;
    }
    return isBeforeVersion2(machine) ? I440FX_LOW : 3 * GIB;
  }

  /** Machines before version 2.0 do not end the RAM at a whole gigabyte. */
  private static boolean isBeforeVersion2(String machine) {
    return machine.matches("pc(-i440fx)?-[01]\\..*|rhel[56]\\..*");
  }

  /**
   * RAM below 4 GiB according to the CMOS of a PC (QEMU hw/i386/x86.c): 0x34 u16 the part above 16
   * MiB, and 0x5b u24 RAM above 4 GiB, both in units of 64 KiB.
   *
   * @param size of all RAM, in bytes
   * @return empty if the CMOS does not add up to the size: a guest may write to it
   */
  static OptionalLong lowMemory(byte[] cmos, long size) {
    long low = 16 * MIB + (number(cmos, 0x34, 2) << 16);
    long high = number(cmos, 0x5b, 3) << 16;
    return low < FOUR_GIB && low + high == size ? OptionalLong.of(low) : OptionalLong.empty();
  }

  private static long number(byte[] cmos, int offset, int bytes) {
    long value = 0;
    for (int i = bytes - 1; i >= 0; i--) {
      value = (value << 8) | (cmos[offset + i] & 0xff);
    }
    return value;
  }
}
