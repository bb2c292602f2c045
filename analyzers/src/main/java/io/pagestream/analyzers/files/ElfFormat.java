package io.pagestream.analyzers.files;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * ELF (System V gABI, chapters 4 and 5). The header: e_ident[16], then e_type, e_machine u16,
 * e_version u32, e_entry, e_phoff, e_shoff words of the class, e_flags u32, and from {@code sizes}
 * on six u16: e_ehsize, e_phentsize, e_phnum, e_shentsize, e_shnum, e_shstrndx.
 *
 * <p>Kernels ignore the sections, the ABI, the padding of e_ident and often the class. A header
 * with wrong fields is reported with a lower confidence if at most {@value #MOST_ANOMALIES} are
 * wrong, or three times as many if the page contains a valid PT_LOAD program header.
 */
final class ElfFormat {
  static final FileFormat FORMAT =
      new FileFormat("elf", "\177ELF", 64, ElfFormat::describe).with(ElfDetails::add);

  private static final int MOST_ANOMALIES = 2;

  private static final int TYPE_RELOCATABLE = 1;
  private static final int PT_LOAD = 1;

  /** e_phnum if the number does not fit; it is then in the section header table. */
  private static final int PN_XNUM = 0xffff;

  /** No file is larger. */
  private static final long MAX_OFFSET = 1L << 44;

  private static final String[] TYPES = {
    "", "relocatable", "executable", "shared object", "core file"
  };

  /** EI_OSABI: 0 to 18, and three from 64 on. */
  private static final Set<Integer> OTHER_ABIS = Set.of(64, 97, 255);

  /** The e_machine values that occur in current systems. */
  private static final Map<Integer, String> MACHINES =
      Map.ofEntries(
          Map.entry(2, "SPARC"),
          Map.entry(3, "x86"),
          Map.entry(4, "m68k"),
          Map.entry(8, "MIPS"),
          Map.entry(15, "PA-RISC"),
          Map.entry(20, "PowerPC"),
          Map.entry(21, "PowerPC64"),
          Map.entry(22, "S/390"),
          Map.entry(40, "ARM"),
          Map.entry(42, "SuperH"),
          Map.entry(43, "SPARC V9"),
          Map.entry(50, "IA-64"),
          Map.entry(62, "x86-64"),
          Map.entry(83, "AVR"),
          Map.entry(94, "Xtensa"),
          Map.entry(183, "AArch64"),
          Map.entry(190, "CUDA"),
          Map.entry(224, "AMD GPU"),
          Map.entry(243, "RISC-V"),
          Map.entry(247, "BPF"),
          Map.entry(258, "LoongArch"));

  private ElfFormat() {}

  private static @Nullable FileDescription describe(HeaderBytes header) {
    int fileClass = header.u8(4);
    int data = header.u8(5);
    if (fileClass >= 1 && fileClass <= 2 && data >= 1 && data <= 2) {
      return new Fields(header, fileClass == 2, data == 2, new Anomalies()).describe();
    }
    for (int i = 0; i < 4; i++) {
      Anomalies anomalies = new Anomalies();
      anomalies.require(false, "ident");
      FileDescription file = new Fields(header, i % 2 == 0, i >= 2, anomalies).describe();
      if (file != null) {
        return file;
      }
    }
    return null;
  }

  /** The fields after e_ident, in the file's class and byte order. */
  private record Fields(
      HeaderBytes header, boolean is64, boolean isBigEndian, Anomalies anomalies) {
    @Nullable FileDescription describe() {
      int type = u16(16);
      int machineNumber = u16(18);
      String machine = MACHINES.get(machineNumber);
      int sizes = is64 ? 52 : 40;
      int headerSize = is64 ? 64 : 52;
      if (type < 1 || type > 4) {
        return null;
      }
      anomalies.require(machine != null, "machine");
      anomalies.require(u32(20) == 1, "version");
      anomalies.require(u16(sizes) == headerSize, "header-size");
      boolean isAbi = header.u8(7) <= 18 || OTHER_ABIS.contains(header.u8(7));
      anomalies.expect(header.u8(6) == 1, "ident-version");
      anomalies.expect(isAbi && header.u8(8) <= 8, "abi");
      anomalies.expect(header.isZero(9, 7), "padding");
      long programHeaders = word(is64 ? 32 : 28);
      long sectionHeaders = word(is64 ? 40 : 32);
      int programHeaderCount = u16(sizes + 4);
      int sectionHeaderCount = u16(sizes + 8);
      boolean isProgramTable =
          isTable(programHeaders, u16(sizes + 2), programHeaderCount, is64 ? 56 : 32)
              && (type == TYPE_RELOCATABLE || programHeaderCount > 0);
      boolean isSectionTable =
          isTable(sectionHeaders, u16(sizes + 6), sectionHeaderCount, is64 ? 64 : 40)
              && (type != TYPE_RELOCATABLE || sectionHeaders != 0);
      anomalies.require(isProgramTable, "program-headers");
      anomalies.expect(
          programHeaderCount == 0 || !isProgramTable || programHeaders >= headerSize,
          "overlapping-headers");
      anomalies.expect(isSectionTable, "section-headers");
      anomalies.expect(
          sectionHeaderCount == 0 || u16(sizes + 10) < sectionHeaderCount, "section-names");
      boolean evident = false;
      if (isProgramTable && anomalies.count() <= 3 * MOST_ANOMALIES) {
        int loads = loads(programHeaders, programHeaderCount);
        anomalies.require(loads >= 0, "segments");
        evident = loads > 0;
      }
      if (anomalies.count() > (evident ? 3 * MOST_ANOMALIES : MOST_ANOMALIES)
          || (machine == null && !evident)) {
        return null;
      }
      String machineName = machine == null ? "machine " + machineNumber : machine;
      Map<String, String> attributes = new TreeMap<>();
      attributes.put("machine", machineName);
      attributes.put("type", TYPES[type]);
      attributes.put("entry", "0x" + Long.toHexString(word(24)));
      if (isSectionTable && sectionHeaders != 0 && sectionHeaderCount != 0) {
        long end = sectionHeaders + (long) sectionHeaderCount * (is64 ? 64 : 40);
        attributes.put(FileDescription.DECLARED_SIZE, Long.toString(end));
      }
      anomalies.describe(attributes);
      String value =
          "ELF %d-bit %s %s %s"
              .formatted(is64 ? 64 : 32, isBigEndian ? "MSB" : "LSB", TYPES[type], machineName);
      return new FileDescription(value, headerSize, attributes, anomalies.confidence());
    }

    /** A table of {@code count} entries: absent, or after the magic, with entries of one size. */
    private boolean isTable(long offset, int entrySize, int count, int expectedEntrySize) {
      if (count == 0) {
        return (entrySize == 0 || entrySize == expectedEntrySize)
            && offset >= 0
            && offset < MAX_OFFSET;
      }
      return entrySize == expectedEntrySize && offset >= 4 && offset < MAX_OFFSET;
    }

    /** Number of PT_LOAD program headers in the first page; -1 if an entry is not valid. */
    private int loads(long offset, int count) {
      int entrySize = is64 ? 56 : 32;
      long inPage = Math.min(count, (header.inPage() - offset) / entrySize);
      int loads = 0;
      for (int i = 0; i < inPage && count != PN_XNUM; i++) {
        int at = (int) offset + i * entrySize;
        if (!isProgramHeader(at)) {
          return -1;
        }
        loads += u32(at) == PT_LOAD && word(is64 ? at + 40 : at + 20) > 0 ? 1 : 0;
      }
      return loads;
    }

    private boolean isProgramHeader(int at) {
      long type = u32(at);
      long fileOffset = word(is64 ? at + 8 : at + 4);
      long fileSize = word(is64 ? at + 32 : at + 16);
      long memorySize = word(is64 ? at + 40 : at + 20);
      long alignment = word(is64 ? at + 48 : at + 28);
      return (type <= 7 || (type >= 0x6000_0000L && type <= 0x7fff_ffffL))
          && fileOffset >= 0
          && fileOffset < MAX_OFFSET
          && fileSize >= 0
          && fileSize < MAX_OFFSET
          && (type != PT_LOAD || fileSize <= memorySize)
          && (alignment & (alignment - 1)) == 0;
    }

    private int u16(int at) {
      return isBigEndian ? header.u16be(at) : header.u16le(at);
    }

    private long u32(int at) {
      return isBigEndian ? header.u32be(at) : header.u32le(at);
    }

    /** A word of the class; negative when above 2^63. */
    private long word(int at) {
      if (!is64) {
        return u32(at);
      }
      return isBigEndian ? header.s64be(at) : header.s64le(at);
    }
  }
}
