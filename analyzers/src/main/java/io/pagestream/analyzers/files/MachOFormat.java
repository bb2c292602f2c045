package io.pagestream.analyzers.files;

import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Mach-O (Apple, mach-o/loader.h): magic 0xfeedface or 0xfeedfacf in the file's byte order, then
 * u32: CPU type and subtype, file type, number and size of load commands, flags. Each command is a
 * type and a size u32 (a multiple of 4, or 8 in 64-bit files); the commands in the first page must
 * be valid, and if all of them are, their sizes must add up. A universal file (mach-o/fat.h) is
 * big-endian: 0xcafebabe, number of files, and for each: CPU type and subtype, offset, size,
 * alignment, u32.
 */
final class MachOFormat {
  static final FileFormat THIN =
      FileFormat.matching(
          "mach-o",
          "(\\xce\\xfa\\xed\\xfe|\\xcf\\xfa\\xed\\xfe|\\xfe\\xed\\xfa\\xce|\\xfe\\xed\\xfa\\xcf)",
          4,
          36,
          MachOFormat::thin);
  static final FileFormat FAT =
      new FileFormat("mach-o", "\u00ca\u00fe\u00ba\u00be", 28, MachOFormat::fat);

  private static final int SEGMENT = 0x1;
  private static final int SEGMENT_64 = 0x19;
  private static final int UUID = 0x1b;
  private static final int MOST_COMMANDS = 4096;
  private static final int MOST_COMMAND_BYTES = 1 << 20;
  private static final int LEAST_COMMAND = 8;
  private static final int MOST_FILES = 30;
  private static final int MOST_ALIGNMENT = 20;

  private static final String[] TYPES = {
    "",
    "object",
    "executable",
    "fixed VM library",
    "core",
    "preloaded executable",
    "dynamic library",
    "dynamic linker",
    "bundle",
    "library stub",
    "debug symbols",
    "kernel extension",
    "file set"
  };

  /** mach/machine.h: CPU_TYPE values. */
  private static final Map<Long, String> MACHINES =
      Map.of(
          7L, "x86",
          0x0100_0007L, "x86-64",
          12L, "ARM",
          0x0100_000cL, "AArch64",
          0x0200_000cL, "AArch64 ILP32",
          18L, "PowerPC",
          0x0100_0012L, "PowerPC64");

  private MachOFormat() {}

  private static @Nullable FileDescription thin(HeaderBytes header) {
    boolean bigEndian = header.u8(0) == 0xfe;
    boolean is64 = header.u8(bigEndian ? 3 : 0) == 0xcf;
    String machine = MACHINES.get(header.number(4, 4, bigEndian));
    long type = header.number(12, 4, bigEndian);
    long count = header.number(16, 4, bigEndian);
    long size = header.number(20, 4, bigEndian);
    boolean valid =
        machine != null
            && type >= 1
            && type < TYPES.length
            && count >= 1
            && count <= MOST_COMMANDS
            && size >= count * LEAST_COMMAND
            && size <= MOST_COMMAND_BYTES;
    if (!valid) {
      return null;
    }
    int from = is64 ? 32 : 28;
    Map<String, String> attributes = new TreeMap<>();
    Commands commands = new Commands(header, bigEndian, is64, attributes, header.size());
    if (!commands.hold(from, (int) count, (int) size)) {
      attributes.clear();
      commands = new Commands(header, bigEndian, is64, attributes, header.inPage());
      if (!commands.hold(from, (int) count, (int) size)) {
        return null;
      }
    }
    attributes.put("machine", machine);
    attributes.put("type", TYPES[(int) type]);
    String value = "Mach-O %d-bit %s %s".formatted(is64 ? 64 : 32, TYPES[(int) type], machine);
    return new FileDescription(value, from, attributes);
  }

  /** The load commands of a file. */
  private record Commands(
      HeaderBytes header,
      boolean bigEndian,
      boolean is64,
      Map<String, String> attributes,
      int visible) {

    boolean hold(int from, int count, int size) {
      int at = from;
      long end = 0;
      for (int i = 0; i < count; i++) {
        if (at + LEAST_COMMAND > visible) {
          return i > 0;
        }
        long length = header.number(at + 4, 4, bigEndian);
        boolean valid =
            length >= LEAST_COMMAND && length % (is64 ? 8 : 4) == 0 && length <= from + size - at;
        if (!valid) {
          return false;
        }
        end = Math.max(end, segmentEnd(at, (int) length));
        addUuid(at, (int) length);
        at += (int) length;
      }
      if (end > 0) {
        attributes.put(FileDescription.DECLARED_SIZE, Long.toString(end));
      }
      return at == from + size;
    }

    /** File offset and size of a segment: u32 at 32 and 36, or u64 at 40 and 48. */
    private long segmentEnd(int at, int length) {
      long type = header.number(at, 4, bigEndian);
      if (type == SEGMENT && length >= 40 && header.has(at, 40)) {
        return header.number(at + 32, 4, bigEndian) + header.number(at + 36, 4, bigEndian);
      }
      if (type == SEGMENT_64 && length >= 56 && header.has(at, 56)) {
        long offset = header.number(at + 40, 8, bigEndian);
        long size = header.number(at + 48, 8, bigEndian);
        return offset >= 0 && size >= 0 ? Math.max(0, offset + size) : 0;
      }
      return 0;
    }

    private void addUuid(int at, int length) {
      if (header.number(at, 4, bigEndian) == UUID && length == 24 && header.has(at, 24)) {
        attributes.put("uuid", HexFormat.of().formatHex(header.copy(at + 8, 16)));
      }
    }
  }

  private static @Nullable FileDescription fat(HeaderBytes header) {
    // Java classes have the same magic; as a number, their version is 45 or more.
    int count = (int) Math.min(header.u32be(4), MOST_FILES + 1);
    if (count < 1 || count > MOST_FILES || !header.has(8, 20 * count)) {
      return null;
    }
    StringBuilder machines = new StringBuilder();
    long end = 8 + 20L * count;
    for (int i = 0; i < count; i++) {
      int at = 8 + 20 * i;
      String machine = MACHINES.get(header.u32be(at));
      long offset = header.u32be(at + 8);
      long size = header.u32be(at + 12);
      long alignment = header.u32be(at + 16);
      boolean valid =
          machine != null
              && alignment <= MOST_ALIGNMENT
              && offset % (1L << alignment) == 0
              && offset >= end
              && size >= 28;
      if (!valid) {
        return null;
      }
      machines.append(i == 0 ? "" : ",").append(machine);
      end = offset + size;
    }
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("machine", machines.toString());
    attributes.put("type", "universal");
    attributes.put(FileDescription.DECLARED_SIZE, Long.toString(end));
    return new FileDescription("Mach-O universal " + machines, 8 + 20 * count, attributes);
  }
}
