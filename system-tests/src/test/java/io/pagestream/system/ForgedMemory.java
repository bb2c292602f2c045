package io.pagestream.system;

import io.pagestream.schemas.page.Pages;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Images with crafted page tables in free pages, which make a mapper treat evidence as memory that
 * it must not read.
 */
final class ForgedMemory {
  private static final int ENTRIES = 512;
  private static final long TABLE = 0x67;
  private static final long KERNEL = 0x63;
  private static final int LAST = 511;

  private ForgedMemory() {}

  /**
   * A copy of an image with forged address spaces that mark every page of it as a page table:
   * {@code roots} top-level tables in the form of Linux's, more than the real ones, so that they
   * outnumber these.
   *
   * @param random selects the zero pages that contain them
   * @param genuine address of a real root whose kernel's half they copy, so that they look like
   *     processes of the same system; 0 to forge a separate kernel
   */
  static byte[] everyPageAPageTable(byte[] memory, int roots, Random random, int genuine) {
    byte[] forged = memory.clone();
    int pages = memory.length / Pages.SIZE;
    int directories = (pages + ENTRIES - 1) / ENTRIES;
    List<Integer> free = zeroPages(memory);
    Collections.shuffle(free, random);
    List<Integer> used = new ArrayList<>(free.subList(0, roots + directories + 5));
    ByteBuffer out = ByteBuffer.wrap(forged).order(ByteOrder.LITTLE_ENDIAN);
    int kernel = take(used);
    int kernelText = take(used);
    int kernelFixed = take(used);
    int directMap = take(used);
    int pointers = take(used);
    entry(out, kernel, LAST - 1, kernelText, KERNEL);
    entry(out, kernel, LAST, kernelFixed, KERNEL);
    for (int i = 0; i < directories; i++) {
      int directory = take(used);
      entry(out, pointers, i, directory, TABLE);
      for (int page = i * ENTRIES; page < Math.min(pages, (i + 1) * ENTRIES); page++) {
        entry(out, directory, page % ENTRIES, page, TABLE);
      }
    }
    for (int i = 0; i < roots; i++) {
      int root = take(used);
      entry(out, root, 0, pointers, TABLE);
      if (genuine != 0) {
        out.put(
            root * Pages.SIZE + Pages.SIZE / 2, memory, genuine + Pages.SIZE / 2, Pages.SIZE / 2);
        continue;
      }
      entry(out, root, 273, directMap, KERNEL);
      entry(out, root, LAST, kernel, KERNEL);
    }
    return forged;
  }

  /** 4 MiB with an e-mail in each of the upper 512 pages, hidden by seven crafted pages. */
  static byte[] sevenPagesHide512Emails() {
    byte[] memory = new byte[1024 * Pages.SIZE];
    for (int page = 512; page < 1024; page++) {
      put(memory, page, 256, "  secret%d@example.com ".formatted(page));
    }
    ByteBuffer out = ByteBuffer.wrap(memory).order(ByteOrder.LITTLE_ENDIAN);
    entry(out, 17, LAST - 1, 18, KERNEL);
    entry(out, 17, LAST, 19, KERNEL);
    for (int root : new int[] {16, 24}) {
      entry(out, root, LAST, 17, KERNEL);
      entry(out, root, 273, 22, KERNEL);
      entry(out, root, 0, 20, 7);
    }
    entry(out, 20, 0, 21, 7);
    for (int i = 0; i < ENTRIES; i++) {
      entry(out, 21, i, 512 + i, 7);
    }
    return memory;
  }

  /**
   * An ELF core of 64 pages whose processor has real 4-level tables that map 16 pages, one with an
   * e-mail. One more directory entry marks that page as a page table.
   */
  static byte[] elfWithOneMoreEntry() {
    byte[] memory = new byte[64 * Pages.SIZE];
    ByteBuffer out = ByteBuffer.wrap(memory).order(ByteOrder.LITTLE_ENDIAN);
    entry(out, 1, 0, 2, 7);
    entry(out, 2, 0, 3, 7);
    entry(out, 3, 2, 4, 7);
    for (int i = 0; i < 16; i++) {
      entry(out, 4, i, 16 + i, 0x8000_0000_0000_0067L);
    }
    entry(out, 3, 5, 0x14, 7);
    put(memory, 0x14, 0x100, "hidden.victim@example-corp.org");
    return elf(memory, 62, 0x1000, 0x0075_0ef0);
  }

  /**
   * An ELF core of 64 pages whose processor's own tables mark every other page as a page table,
   * with an e-mail across each border between two of the pages from {@code first - 1} to {@code end
   * - 1}.
   */
  static byte[] elfOfBorders(int first, int end) {
    byte[] memory = new byte[64 * Pages.SIZE];
    ByteBuffer out = ByteBuffer.wrap(memory).order(ByteOrder.LITTLE_ENDIAN);
    entry(out, 1, 0, 2, 7);
    entry(out, 2, 0, 3, 7);
    entry(out, 3, 2, 4, 7);
    for (int page = first - 1; page < end; page++) {
      entry(out, 4, page, page, 0x8000_0000_0000_0063L); // the kernel's: user mode writes none
      if (page % 2 == 0) {
        entry(out, 3, page + 5, page, 7);
      }
    }
    for (int page = first; page < end; page++) {
      put(memory, page - 1, Pages.SIZE - 10, borderEmail(page));
    }
    return elf(memory, 62, 0x1000, 0x0075_0ef0);
  }

  /** The e-mail that ends in a page. */
  static String borderEmail(int page) {
    return "border.%02d.victim@example-corp.org".formatted(page);
  }

  /** A PAE guest as QEMU's TCG dumps it: EM_386, CR4.PAE, accessed bits in the top-level table. */
  static byte[] paeElf() {
    byte[] memory = new byte[64 * Pages.SIZE];
    ByteBuffer out = ByteBuffer.wrap(memory).order(ByteOrder.LITTLE_ENDIAN);
    out.putLong(0x1880 + 8 * 3, 0x2000 | 0x21);
    entry(out, 2, 0, 3, 0x63);
    for (int i = 0; i < 16; i++) {
      entry(out, 3, i, 16 + i, 0x163);
    }
    put(memory, 0x14, 0x100, "pae.victim@example-corp.org");
    return elf(memory, 3, 0x1880, 0x0035_0ef0);
  }

  /**
   * An ELF core with one processor's QEMU note (QEMU, target/i386/arch_dump.c: version, size, 18
   * registers, 10 segments of 24 bytes, CR0 to CR4) and one segment from address 0.
   */
  static byte[] elf(byte[] memory, int machine, long cr3, long cr4) {
    int noteOffset = 64 + 2 * 56;
    int noteBytes = 12 + 8 + 440;
    int memoryOffset = (noteOffset + noteBytes + Pages.SIZE - 1) & -Pages.SIZE;
    ByteBuffer out =
        ByteBuffer.allocate(memoryOffset + memory.length).order(ByteOrder.LITTLE_ENDIAN);
    out.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}).position(16);
    out.putShort((short) 4).putShort((short) machine).putInt(1).putLong(0).putLong(64).putLong(0);
    out.putInt(0).putShort((short) 64).putShort((short) 56).putShort((short) 2);
    out.position(64);
    out.putInt(4).putInt(0).putLong(noteOffset).putLong(0).putLong(0);
    out.putLong(noteBytes).putLong(noteBytes).putLong(0);
    out.putInt(1).putInt(0).putLong(memoryOffset).putLong(0).putLong(0);
    out.putLong(memory.length).putLong(memory.length).putLong(0);
    out.putInt(5).putInt(440).putInt(0).put("QEMU\0\0\0\0".getBytes(StandardCharsets.US_ASCII));
    int note = out.position();
    out.putInt(note, 1).putInt(note + 4, 440);
    int controls = note + 8 + 18 * 8 + 10 * 24;
    out.putLong(controls, 0x8005_0033L).putLong(controls + 24, cr3).putLong(controls + 32, cr4);
    return out.position(memoryOffset).put(memory).array();
  }

  private static void put(byte[] memory, int page, int offset, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, memory, page * Pages.SIZE + offset, bytes.length);
  }

  private static void entry(ByteBuffer out, int table, int index, long target, long flags) {
    out.putLong(table * Pages.SIZE + index * Long.BYTES, Pages.address(target) | flags);
  }

  private static int take(List<Integer> pages) {
    return pages.removeLast();
  }

  private static List<Integer> zeroPages(byte[] memory) {
    List<Integer> zero = new ArrayList<>();
    for (int page = 1; page < memory.length / Pages.SIZE; page++) {
      int end = (page + 1) * Pages.SIZE;
      int at = page * Pages.SIZE;
      while (at < end && memory[at] == 0) {
        at++;
      }
      if (at == end) {
        zero.add(page);
      }
    }
    return zero;
  }
}
