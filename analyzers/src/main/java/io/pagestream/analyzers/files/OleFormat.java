package io.pagestream.analyzers.files;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A compound file (MS-CFB, section 2.2): magic of 8 bytes, 16 zeros, minor and major version u16 (3
 * or 4), byte order 0xfffe, sector size as a power of two u16 (9 or 12), size of a short sector
 * (6), 6 zeros, number of directory sectors (0 in version 3), of sectors of the allocation table,
 * first directory sector, transaction u32, largest short stream u32 (4096). The document type
 * follows from the names of the streams in the first directory sectors (2.6), and from the class of
 * the root for installers.
 */
final class OleFormat {
  static final FileFormat FORMAT =
      new FileFormat("ole", "\u00d0\u00cf\21\u00e0\u00a1\u00b1\32\u00e1", 512, OleFormat::describe)
          .with(OleFormat::addType);

  /** Largest regular sector number (2.1). */
  private static final long MAX_SECTOR = 0xffff_fffaL;

  private static final int ENTRY = 128;
  private static final int MOST_ENTRIES = 64;
  private static final int STREAM = 2;
  private static final int ROOT = 5;

  /** Class of Windows Installer packages: 000C1084-0000-0000-C000-000000000046. */
  private static final String INSTALLER = "84100c0000000000c000000000000046";

  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("WordDocument", "doc"),
          Map.entry("Workbook", "xls"),
          Map.entry("Book", "xls"),
          Map.entry("PowerPoint Document", "ppt"),
          Map.entry("VisioDocument", "vsd"),
          Map.entry("__properties_version1.0", "msg"),
          Map.entry("Catalog", "thumbs"),
          Map.entry("EncryptedPackage", "encrypted-ooxml"));

  private OleFormat() {}

  private static @Nullable FileDescription describe(HeaderBytes header) {
    int version = header.u16le(26);
    int shift = header.u16le(30);
    boolean valid =
        header.isZero(8, 16)
            && (version == 3 || version == 4)
            && header.u16le(28) == 0xfffe
            && shift == (version == 3 ? 9 : 12)
            && header.u16le(32) == 6
            && header.isZero(34, 6)
            && (version == 4 || header.u32le(40) == 0)
            && header.u32le(44) >= 1
            && header.u32le(44) < 1 << 24
            && header.u32le(48) < MAX_SECTOR
            && header.u32le(56) == 4096;
    if (!valid) {
      return null;
    }
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("version", Integer.toString(version));
    attributes.put("sector-size", Integer.toString(1 << shift));
    return new FileDescription("compound file %d".formatted(version), 512, attributes);
  }

  /**
   * Entries of 128 bytes: name of 64 bytes, its length u16, type u8; the class at 80. The first one
   * must be the root.
   */
  private static void addType(FileDescription file, HeaderBytes bytes) {
    int shift = bytes.u16le(30);
    long directory = (bytes.u32le(48) + 1) << shift;
    for (int i = 0; i < MOST_ENTRIES; i++) {
      long at = directory + (long) ENTRY * i;
      if (at > bytes.size() - ENTRY) {
        return;
      }
      String type = type(bytes, (int) at, i == 0);
      if (type == null) {
        return;
      }
      if (!type.isEmpty()) {
        file.attributes().put("type", type);
        return;
      }
    }
  }

  /** The type of document that an entry shows; empty if none, null if it is not an entry. */
  private static @Nullable String type(HeaderBytes bytes, int at, boolean isFirst) {
    int kind = bytes.u8(at + 66);
    int length = bytes.u16le(at + 64);
    if (isFirst != (kind == ROOT) || (kind > STREAM && kind != ROOT) || length > 64) {
      return null;
    }
    if (isFirst) {
      return HexFormat.of().formatHex(bytes.copy(at + 80, 16)).equals(INSTALLER) ? "msi" : "";
    }
    if (kind == 0 || length < 2) {
      return "";
    }
    String name = new String(bytes.copy(at, length - 2), StandardCharsets.UTF_16LE);
    return TYPES.getOrDefault(name, "");
  }
}
