package io.pagestream.analyzers.files;

import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Adler32;
import org.jspecify.annotations.Nullable;

/**
 * DEX (Android, "Dalvik Executable format", "header_item"): "dex\n", version of three digits, NUL,
 * Adler-32 at 8, SHA-1 at 12, then u32: file size at 32, header size 0x70 at 36, byte order
 * 0x12345678 at 40, and sizes and offsets of seven tables from 44 on, each of which lies within the
 * file. If the first page contains the whole file, the Adler-32 must be correct.
 */
final class DexFormat {
  private static final int HEADER = 0x70;
  private static final long LITTLE_ENDIAN = 0x1234_5678L;

  static final FileFormat FORMAT =
      FileFormat.matching("dex", "dex\\n0[34][0-9]", 7, HEADER, DexFormat::describe);

  private DexFormat() {}

  private static @Nullable FileDescription describe(HeaderBytes header) {
    long size = header.u32le(32);
    boolean valid =
        header.u8(7) == 0
            && header.u32le(36) == HEADER
            && header.u32le(40) == LITTLE_ENDIAN
            && size >= HEADER
            && header.u32le(52) < size
            && areTables(header, size)
            && checksumHolds(header, size);
    if (!valid) {
      return null;
    }
    String version = header.ascii(4, 3);
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("version", version);
    attributes.put("sha1", HexFormat.of().formatHex(header.copy(12, 20)));
    attributes.put("strings", Long.toString(header.u32le(56)));
    attributes.put("classes", Long.toString(header.u32le(96)));
    attributes.put(FileDescription.DECLARED_SIZE, Long.toString(size));
    String value = "DEX %s, %d classes".formatted(version, header.u32le(96));
    return new FileDescription(value, HEADER, attributes);
  }

  /** Size and offset u32 of strings, types, prototypes, fields, methods, classes and data. */
  private static boolean areTables(HeaderBytes header, long size) {
    for (int at = 56; at < HEADER; at += 8) {
      long count = header.u32le(at);
      long offset = header.u32le(at + 4);
      if (count > 0 && (offset < HEADER || offset >= size || count > size - offset)) {
        return false;
      }
    }
    return true;
  }

  private static boolean checksumHolds(HeaderBytes header, long size) {
    if (size > header.inPage()) {
      return true;
    }
    Adler32 adler = new Adler32();
    adler.update(header.array(), header.arrayOffset(12), (int) size - 12);
    return adler.getValue() == header.u32le(8);
  }
}
