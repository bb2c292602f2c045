package io.pagestream.whatif;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An ELF core as QEMU writes it (dump-guest-memory): 64 pages of RAM and one processor in 4-level
 * paging. The page tables are at 0x1000 to 0x4000. Virtual 0x400000 on maps the RAM from 0x10000
 * on, 16 pages; 0x500000 maps a device's page at 0xfd000000 with PAT entry 1.
 */
final class TinyGuest {
  static final int PAGES = 64;
  static final long ROOT = 0x1000;
  static final long DEVICE = 0xfd00_0000L;
  private static final int NOTE = 440;
  private static final int WRITE_THROUGH = 8;

  private final ByteBuffer ram = little(PAGES * 4096);

  TinyGuest() {
    entry(0x1000, 0, 0x2000 | 7);
    entry(0x2000, 0, 0x3000 | 7);
    entry(0x3000, 2, 0x4000 | 7);
    for (int i = 0; i < 16; i++) {
      entry(0x4000, i, (0x10000 + i * 4096L) | 0x8000_0000_0000_0067L);
    }
    entry(0x4000, 256, DEVICE | 0x67 | WRITE_THROUGH);
  }

  /** Writes an entry of a table. */
  void entry(long table, int index, long value) {
    ram.putLong((int) table + 8 * index, value);
  }

  Path write(Path file) throws IOException {
    ByteBuffer note = little(NOTE);
    note.putInt(0, 1).putInt(4, NOTE);
    int registers = 8 + 18 * 8 + 10 * 24; // version, size, 18 registers, 10 segments
    note.putLong(registers, 0x8005_0033L); // CR0
    note.putLong(registers + 24, ROOT); // CR3
    note.putLong(registers + 32, 0x750ef0L & ~(1L << 17)); // CR4 without PCIDs
    int at = 64 + 2 * 56;
    int noteBytes = 12 + 8 + NOTE;
    int data = (at + noteBytes + 4095) & ~4095;
    ByteBuffer elf = little(data + ram.capacity());
    elf.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1});
    elf.putShort(16, (short) 4).putShort(18, (short) 62).putInt(20, 1);
    elf.putLong(32, 64);
    elf.putShort(52, (short) 64).putShort(54, (short) 56).putShort(56, (short) 2);
    header(elf, 64, 4, at, 0, noteBytes);
    header(elf, 120, 1, data, 0, ram.capacity());
    elf.putInt(at, 5).putInt(at + 4, NOTE);
    elf.put(at + 12, "QEMU".getBytes(StandardCharsets.US_ASCII));
    elf.put(at + 20, bytesOf(note));
    elf.put(data, bytesOf(ram));
    return Files.write(file, bytesOf(elf));
  }

  private static void header(
      ByteBuffer elf, int at, int type, long offset, long address, int size) {
    elf.putInt(at, type);
    elf.putLong(at + 8, offset).putLong(at + 24, address);
    elf.putLong(at + 32, size).putLong(at + 40, size);
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** All bytes of a buffer. */
  private static byte[] bytesOf(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.capacity()];
    buffer.get(0, bytes);
    return bytes;
  }
}
