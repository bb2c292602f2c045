package io.pagestream.analyzers.files;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * PE (Microsoft, "PE Format"): "MZ", u32 e_lfanew at 0x3c; there "PE\0\0", the COFF header (20
 * bytes: machine u16, sections u16, time u32, two u32, size of the optional header u16,
 * characteristics u16), the optional header, and the section headers (40 bytes each).
 */
final class PeFormat {
  static final FileFormat FORMAT = new FileFormat("pe", "MZ", 0x40, PeFormat::describe);

  private static final byte[] SIGNATURE = {'P', 'E', 0, 0};
  private static final int MAX_SECTIONS = 96;
  private static final int EXECUTABLE_IMAGE = 0x0002;
  private static final int DLL = 0x2000;
  private static final int PE32 = 0x10b;
  private static final int PE32_PLUS = 0x20b;

  /** "Machine types". */
  private static final Map<Integer, String> MACHINES =
      Map.ofEntries(
          Map.entry(0x014c, "x86"),
          Map.entry(0x0162, "MIPS R3000"),
          Map.entry(0x0166, "MIPS R4000"),
          Map.entry(0x01a2, "SH3"),
          Map.entry(0x01a6, "SH4"),
          Map.entry(0x01c0, "ARM"),
          Map.entry(0x01c2, "ARM Thumb"),
          Map.entry(0x01c4, "ARM Thumb-2"),
          Map.entry(0x01f0, "PowerPC"),
          Map.entry(0x0200, "IA-64"),
          Map.entry(0x0ebc, "EFI byte code"),
          Map.entry(0x5032, "RISC-V 32"),
          Map.entry(0x5064, "RISC-V 64"),
          Map.entry(0x6264, "LoongArch 64"),
          Map.entry(0x8664, "x86-64"),
          Map.entry(0xa641, "ARM64EC"),
          Map.entry(0xaa64, "AArch64"));

  /** "Windows subsystem". */
  private static final Map<Integer, String> SUBSYSTEMS =
      Map.ofEntries(
          Map.entry(0, "unknown"),
          Map.entry(1, "native"),
          Map.entry(2, "GUI"),
          Map.entry(3, "console"),
          Map.entry(5, "OS/2 console"),
          Map.entry(7, "POSIX console"),
          Map.entry(8, "native Windows 9x"),
          Map.entry(9, "Windows CE"),
          Map.entry(10, "EFI application"),
          Map.entry(11, "EFI boot driver"),
          Map.entry(12, "EFI runtime driver"),
          Map.entry(13, "EFI ROM"),
          Map.entry(14, "Xbox"),
          Map.entry(16, "boot application"));

  private PeFormat() {}

  private static @Nullable FileDescription describe(HeaderBytes header) {
    long signature = header.u32le(0x3c);
    if (signature < 0x40 || signature % 4 != 0 || signature >= header.size()) {
      return null;
    }
    int coff = (int) signature + SIGNATURE.length;
    if (!header.startsWith((int) signature, SIGNATURE) || !header.has(coff, 20 + 72)) {
      return null;
    }
    String machine = MACHINES.get(header.u16le(coff));
    int sections = header.u16le(coff + 2);
    int optionalSize = header.u16le(coff + 16);
    int characteristics = header.u16le(coff + 18);
    if (machine == null
        || sections < 1
        || sections > MAX_SECTIONS
        || (characteristics & EXECUTABLE_IMAGE) == 0) {
      return null;
    }
    int optional = coff + 20;
    String subsystem = SUBSYSTEMS.get(header.u16le(optional + 68));
    if (subsystem == null || !isOptionalHeader(header, optional, optionalSize)) {
      return null;
    }
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("machine", machine);
    attributes.put("subsystem", subsystem);
    attributes.put("sections", Integer.toString(sections));
    attributes.put("timestamp", Instant.ofEpochSecond(header.u32le(coff + 4)).toString());
    attributes.put("image-size", Long.toString(header.u32le(optional + 56)));
    String value =
        "%s %s (%s) %s"
            .formatted(
                header.u16le(optional) == PE32 ? "PE32" : "PE32+",
                (characteristics & DLL) != 0 ? "DLL" : "executable",
                subsystem,
                machine);
    int length = Math.min(header.size(), optional + optionalSize);
    return new FileDescription(value, length, attributes);
  }

  /**
   * Magic u16 at 0, alignments u32 at 32 and 36, SizeOfImage u32 at 56, SizeOfHeaders u32 at 60;
   * the number of data directories u32 last before them, at 92 (PE32) or 108 (PE32+).
   */
  private static boolean isOptionalHeader(HeaderBytes header, int at, int size) {
    int magic = header.u16le(at);
    if (magic != PE32 && magic != PE32_PLUS) {
      return false;
    }
    int fixed = magic == PE32 ? 96 : 112;
    if (size < fixed || !header.has(at, fixed)) {
      return false;
    }
    long sectionAlignment = header.u32le(at + 32);
    long fileAlignment = header.u32le(at + 36);
    long imageSize = header.u32le(at + 56);
    long headersSize = header.u32le(at + 60);
    long directories = header.u32le(at + fixed - 4);
    return isPowerOfTwo(sectionAlignment)
        && isPowerOfTwo(fileAlignment)
        && fileAlignment <= 0x10000
        && fileAlignment <= sectionAlignment
        && headersSize > 0
        && headersSize <= imageSize
        && directories <= 16
        && size >= fixed + 8 * directories;
  }

  private static boolean isPowerOfTwo(long number) {
    return number > 0 && (number & (number - 1)) == 0;
  }
}
