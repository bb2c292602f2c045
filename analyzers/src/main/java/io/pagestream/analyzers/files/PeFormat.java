package io.pagestream.analyzers.files;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * PE (Microsoft, "PE Format"): "MZ", u32 e_lfanew at 0x3c; there "PE\0\0", the COFF header (20
 * bytes: machine u16, sections u16, time u32, two u32, size of the optional header u16,
 * characteristics u16), the optional header, and the section headers (40 bytes each).
 *
 * <p>Packers and malware bend fields that loaders ignore or round. A header with up to {@value
 * #MOST_ANOMALIES} wrong fields is reported with a lower confidence; half as many if the magic
 * number of its optional header is wrong.
 */
final class PeFormat {
  static final FileFormat FORMAT =
      new FileFormat("pe", "MZ", 0x40, PeFormat::describe).with(PeDetails::add);

  private static final byte[] SIGNATURE = {'P', 'E', 0, 0};

  /** {@code SIGNATURE} as a little-endian number. */
  static final int SIGNATURE_LE = 0x4550;

  /** No header from the signature to the data directories is longer. */
  static final int MOST_HEADER = 24 + 240;

  private static final int MAX_SECTIONS = 96;
  private static final int MAX_DIRECTORIES = 16;
  private static final int MOST_ANOMALIES = 4;
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

  /** Where the first bytes place the PE header. */
  static long signatureOffset(HeaderBytes header) {
    return header.u32le(0x3c);
  }

  private static @Nullable FileDescription describe(HeaderBytes header) {
    long signature = header.u32le(0x3c);
    if (signature < 4 || signature >= header.size()) {
      return null;
    }
    int coff = (int) signature + SIGNATURE.length;
    if (!header.startsWith((int) signature, SIGNATURE) || !header.has(coff, 20 + 72)) {
      return null;
    }
    int optional = coff + 20;
    int machineNumber = header.u16le(coff);
    String machine = MACHINES.get(machineNumber);
    int magic = header.u16le(optional);
    boolean isMagic = magic == PE32 || magic == PE32_PLUS;
    if (!isMagic && machine == null) {
      return null;
    }
    int sections = header.u16le(coff + 2);
    int optionalSize = header.u16le(coff + 16);
    int characteristics = header.u16le(coff + 18);
    int subsystemNumber = header.u16le(optional + 68);
    String subsystem = SUBSYSTEMS.get(subsystemNumber);
    Anomalies anomalies = new Anomalies();
    anomalies.expect(signature >= 0x40, "overlapping-headers");
    anomalies.require(signature % 4 == 0, "alignment-of-header");
    anomalies.require(machine != null, "machine");
    anomalies.require(isMagic, "magic");
    anomalies.require(sections >= 1 && sections <= MAX_SECTIONS, "sections");
    anomalies.require((characteristics & EXECUTABLE_IMAGE) != 0, "characteristics");
    anomalies.require(subsystem != null, "subsystem");
    checkOptionalHeader(header, optional, optionalSize, anomalies);
    PeSections table = PeSections.of(header, optional + optionalSize, sections);
    anomalies.require(!table.overlaps(), "overlapping-sections");
    if (anomalies.count() > (isMagic ? MOST_ANOMALIES : MOST_ANOMALIES / 2)) {
      return null;
    }
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("machine", machine == null ? "machine " + machineNumber : machine);
    attributes.put("subsystem", subsystem == null ? "subsystem " + subsystemNumber : subsystem);
    attributes.put("sections", Integer.toString(sections));
    attributes.put("timestamp", Instant.ofEpochSecond(header.u32le(coff + 4)).toString());
    attributes.put("image-size", Long.toString(header.u32le(optional + 56)));
    table.describe(attributes);
    anomalies.describe(attributes);
    String value =
        "%s %s (%s) %s"
            .formatted(
                magic == PE32 ? "PE32" : isMagic ? "PE32+" : "PE",
                (characteristics & DLL) != 0 ? "DLL" : "executable",
                attributes.get("subsystem"),
                attributes.get("machine"));
    int length = Math.min(header.size(), optional + optionalSize);
    return new FileDescription(value, length, attributes, anomalies.confidence());
  }

  /**
   * Alignments u32 at 32 and 36, SizeOfImage u32 at 56, SizeOfHeaders u32 at 60; the number of data
   * directories u32 last before them, at 92 (PE32) or 108 (PE32+). Loaders use at most 16.
   */
  private static void checkOptionalHeader(
      HeaderBytes header, int at, int size, Anomalies anomalies) {
    int fixed = header.u16le(at) == PE32 ? 96 : 112;
    if (size < fixed || !header.has(at, fixed)) {
      anomalies.require(false, "optional-header-size");
      return;
    }
    long sectionAlignment = header.u32le(at + 32);
    long fileAlignment = header.u32le(at + 36);
    long imageSize = header.u32le(at + 56);
    long headersSize = header.u32le(at + 60);
    long directories = header.u32le(at + fixed - 4);
    anomalies.require(
        isPowerOfTwo(sectionAlignment)
            && isPowerOfTwo(fileAlignment)
            && fileAlignment <= 0x10000
            && fileAlignment <= sectionAlignment,
        "alignment");
    anomalies.require(imageSize > 0, "image-size");
    anomalies.require(headersSize > 0, "headers-size");
    anomalies.require(headersSize <= imageSize || imageSize == 0, "headers-larger-than-image");
    anomalies.expect(directories <= MAX_DIRECTORIES, "directories");
    anomalies.require(
        size >= fixed + 8 * Math.min(directories, MAX_DIRECTORIES), "optional-header-size");
  }

  private static boolean isPowerOfTwo(long number) {
    return number > 0 && (number & (number - 1)) == 0;
  }
}
