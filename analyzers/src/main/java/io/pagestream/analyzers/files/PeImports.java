package io.pagestream.analyzers.files;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The import hash of a PE: the MD5 of its imports in their order, each "library.function" in lower
 * case without the extension of the library, joined by commas (Mandiant, "Tracking Malware with
 * Import Hashing", 2014). Only complete tables are hashed.
 *
 * @param bytes up to 64 KiB from the file's first byte on
 * @param sections the sections that resolve addresses; null if the file is laid out as in memory
 */
record PeImports(HeaderBytes bytes, @Nullable PeSections sections) {
  private static final int DESCRIPTOR = 20;
  private static final int MOST_LIBRARIES = 256;
  private static final int MOST_FUNCTIONS = 4096;
  private static final int MOST_NAME = 512;

  /** Libraries whose ordinals have well-known names, which the hash would have to contain. */
  private static final Set<String> NAMED_ORDINALS = Set.of("ws2_32", "wsock32", "oleaut32");

  private static final Set<String> EXTENSIONS = Set.of("dll", "sys", "ocx");

  /**
   * Hashes the imports.
   *
   * @param directory address of the import directory
   * @return null if a part of the table is not visible or not valid
   */
  @Nullable String hash(long directory, boolean is64) {
    StringBuilder imports = new StringBuilder();
    int functions = 0;
    for (int i = 0; i < MOST_LIBRARIES; i++) {
      int at = at(directory + (long) DESCRIPTOR * i, DESCRIPTOR);
      if (at < 0) {
        return null;
      }
      if (bytes.isZero(at, DESCRIPTOR)) {
        return imports.isEmpty() ? null : md5(imports.toString());
      }
      String library = library(bytes.u32le(at + 12));
      long names = bytes.u32le(at) != 0 ? bytes.u32le(at) : bytes.u32le(at + 16);
      int count = library == null ? -1 : append(imports, library, names, is64);
      functions += count;
      if (count < 0 || functions > MOST_FUNCTIONS) {
        return null;
      }
    }
    return null;
  }

  /** Appends the functions of one library; returns their number, or -1 if they are not valid. */
  private int append(StringBuilder imports, String library, long table, boolean is64) {
    int size = is64 ? 8 : 4;
    for (int i = 0; i < MOST_FUNCTIONS; i++) {
      int at = at(table + (long) size * i, size);
      if (at < 0) {
        return -1;
      }
      long entry = bytes.number(at, size, false);
      if (entry == 0) {
        return i;
      }
      boolean isOrdinal = is64 ? entry < 0 : entry >>> 31 != 0;
      String function = isOrdinal ? "ord" + (entry & 0xffff) : name((entry & 0x7fff_ffffL) + 2);
      if (function == null || (isOrdinal && NAMED_ORDINALS.contains(library))) {
        return -1;
      }
      imports.append(imports.isEmpty() ? "" : ",").append(library).append('.');
      imports.append(function.toLowerCase(Locale.ROOT));
    }
    return -1;
  }

  private @Nullable String library(long address) {
    String name = name(address);
    if (name == null) {
      return null;
    }
    String lower = name.toLowerCase(Locale.ROOT);
    int dot = lower.lastIndexOf('.');
    return dot > 0 && EXTENSIONS.contains(lower.substring(dot + 1))
        ? lower.substring(0, dot)
        : lower;
  }

  private @Nullable String name(long address) {
    int at = at(address, 1);
    return at < 0 ? null : bytes.printable(at, MOST_NAME);
  }

  /** Offset of an address, or -1 if it is not visible. */
  private int at(long address, int length) {
    long offset = sections == null ? address : sections.fileOffset(address);
    return offset >= 0 && offset <= bytes.size() - length ? (int) offset : -1;
  }

  private static String md5(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
