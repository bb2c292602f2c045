package io.pagestream.analyzers.files;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Archives and compressed files whose headers contain a CRC-32.
 *
 * <ul>
 *   <li>7z (7zFormat.txt, "SignatureHeader"): magic, version u8 u8, CRC-32 of the 20 bytes after
 *       it, offset and size of the next header u64, its CRC-32; little-endian.
 *   <li>RAR 4 (TechNote, "Archive header"): magic, then CRC u16, type u8 0x73, flags u16, size u16;
 *       the CRC is the lower half of the CRC-32 of the header after it.
 *   <li>RAR 5 (RAR 5.0 archive format): magic, then CRC-32, size, type (1 main, 4 encryption) as
 *       numbers of 7 bits; the CRC covers the header from the size on.
 *   <li>xz (The .xz File Format, section 2.1.1): magic, flags of two bytes, their CRC-32; the block
 *       header after it has a size and a CRC-32 too (3.1).
 * </ul>
 */
final class ArchiveFormats {
  static final FileFormat SEVEN_ZIP =
      new FileFormat("7z", "7z\u00bc\u00af'\34", 32, ArchiveFormats::sevenZip);
  static final FileFormat RAR = new FileFormat("rar", "Rar!\32\7", 7 + 7, ArchiveFormats::rar);
  static final FileFormat XZ = new FileFormat("xz", "\u00fd7zXZ", 12, ArchiveFormats::xz);

  static final List<FileFormat> ALL = List.of(SEVEN_ZIP, RAR, XZ);

  private static final int RAR4_MAIN = 0x73;
  private static final int RAR4_LEAST = 13;
  private static final int RAR4_VOLUME = 0x0001;
  private static final int RAR4_ENCRYPTED = 0x0080;
  private static final int RAR5_MAIN = 1;
  private static final int RAR5_ENCRYPTION = 4;
  private static final int RAR5_MOST = 512;
  private static final int XZ_INDEX = 0;

  private ArchiveFormats() {}

  private static @Nullable FileDescription sevenZip(HeaderBytes header) {
    long offset = header.s64le(12);
    long size = header.s64le(20);
    boolean valid =
        header.u8(6) == 0
            && header.u32le(8) == header.crc32(12, 20)
            && offset >= 0
            && size >= 0
            && offset <= Long.MAX_VALUE - 32 - size;
    if (!valid) {
      return null;
    }
    Map<String, String> attributes = new TreeMap<>();
    attributes.put(FileDescription.DECLARED_SIZE, Long.toString(32 + offset + size));
    return new FileDescription("7z 0.%d".formatted(header.u8(7)), 32, attributes);
  }

  private static @Nullable FileDescription rar(HeaderBytes header) {
    if (header.u8(6) == 0) {
      return rar4(header);
    }
    return header.u8(6) == 1 && header.u8(7) == 0 ? rar5(header) : null;
  }

  private static @Nullable FileDescription rar4(HeaderBytes header) {
    int size = header.u16le(12);
    boolean valid =
        header.u8(9) == RAR4_MAIN
            && size >= RAR4_LEAST
            && header.has(7, size)
            && header.u16le(7) == (header.crc32(9, size - 2) & 0xffff);
    if (!valid) {
      return null;
    }
    int flags = header.u16le(10);
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("volume", Boolean.toString((flags & RAR4_VOLUME) != 0));
    attributes.put("encrypted", Boolean.toString((flags & RAR4_ENCRYPTED) != 0));
    return new FileDescription("RAR 4", 7 + size, attributes);
  }

  /** The size is a number of one or two bytes, because no main header is longer. */
  private static @Nullable FileDescription rar5(HeaderBytes header) {
    int first = header.u8(12);
    int sizeBytes = first < 0x80 ? 1 : 2;
    int size = first < 0x80 ? first : (first & 0x7f) | (header.u8(13) << 7);
    int type = header.u8(12 + sizeBytes);
    boolean valid =
        size >= 2
            && size <= RAR5_MOST
            && (type == RAR5_MAIN || type == RAR5_ENCRYPTION)
            && header.has(12, sizeBytes + size)
            && header.u32le(8) == header.crc32(12, sizeBytes + size);
    if (!valid) {
      return null;
    }
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("encrypted", Boolean.toString(type == RAR5_ENCRYPTION));
    return new FileDescription("RAR 5", 12 + sizeBytes + size, attributes);
  }

  private static @Nullable FileDescription xz(HeaderBytes header) {
    int check = header.u8(7);
    boolean valid =
        header.u8(5) == 0
            && header.u8(6) == 0
            && check <= 15
            && header.u32le(8) == header.crc32(6, 2);
    if (!valid || !isXzBlock(header)) {
      return null;
    }
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("check", xzCheck(check));
    return new FileDescription("xz", 12, attributes);
  }

  /** Whether the block header, if it is in the first page, has a correct CRC-32. */
  private static boolean isXzBlock(HeaderBytes header) {
    if (header.inPage() <= 12 || header.u8(12) == XZ_INDEX) {
      return true;
    }
    int size = (header.u8(12) + 1) * 4;
    return 12 + size > header.inPage() || header.u32le(12 + size - 4) == header.crc32(12, size - 4);
  }

  private static String xzCheck(int id) {
    return switch (id) {
      case 0 -> "none";
      case 1 -> "CRC-32";
      case 4 -> "CRC-64";
      case 10 -> "SHA-256";
      default -> "check " + id;
    };
  }
}
