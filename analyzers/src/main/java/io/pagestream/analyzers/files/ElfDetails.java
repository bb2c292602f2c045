package io.pagestream.analyzers.files;

import java.util.HexFormat;

/**
 * The size (the last PT_LOAD, if there are no sections), interpreter (PT_INTERP) and build id
 * (PT_NOTE with a note "GNU" of type 3) of an ELF file, where its program headers place them
 * (System V gABI, chapter 5; NT_GNU_BUILD_ID).
 */
final class ElfDetails {
  private static final int LOAD = 1;
  private static final int INTERPRETER = 3;
  private static final int NOTE = 4;
  private static final int BUILD_ID = 3;
  private static final int MOST_HEADERS = 64;
  private static final int MOST_NOTES = 16;
  private static final int MOST_PATH = 256;
  private static final byte[] GNU = {'G', 'N', 'U', 0};

  private ElfDetails() {}

  static void add(FileDescription file, HeaderBytes bytes) {
    boolean is64 = file.value().startsWith("ELF 64");
    boolean bigEndian = file.value().contains(" MSB ");
    int word = is64 ? 8 : 4;
    long table = bytes.number(is64 ? 32 : 28, word, bigEndian);
    int entrySize = is64 ? 56 : 32;
    int count = Math.min(MOST_HEADERS, (int) bytes.number(is64 ? 56 : 44, 2, bigEndian));
    long loadedEnd = 0;
    for (int i = 0; i < count; i++) {
      long at = table + (long) i * entrySize;
      if (at < 0 || at > bytes.size() - entrySize) {
        return;
      }
      long type = bytes.number((int) at, 4, bigEndian);
      long offset = bytes.number((int) at + (is64 ? 8 : 4), word, bigEndian);
      long size = bytes.number((int) at + (is64 ? 32 : 16), word, bigEndian);
      if (type == LOAD && offset >= 0 && size >= 0) {
        loadedEnd = Math.max(loadedEnd, offset + size);
      } else if (type == INTERPRETER) {
        addInterpreter(file, bytes, offset);
      } else if (type == NOTE) {
        addBuildId(file, bytes, offset, size, bigEndian);
      }
    }
    if (loadedEnd > 0) {
      // Without section headers, the file ends with its last segment.
      file.attributes().putIfAbsent(FileDescription.DECLARED_SIZE, Long.toString(loadedEnd));
    }
  }

  private static void addInterpreter(FileDescription file, HeaderBytes bytes, long offset) {
    String path = bytes.printable(offset, MOST_PATH);
    if (path != null && path.charAt(0) == '/') {
      file.attributes().put("interpreter", path);
    }
  }

  /** Notes: name size u32, content size u32, type u32, then both, each padded to four bytes. */
  private static void addBuildId(
      FileDescription file, HeaderBytes bytes, long offset, long size, boolean bigEndian) {
    long at = offset;
    long end = size < 0 ? offset : Math.min(bytes.size(), offset + size);
    for (int i = 0; i < MOST_NOTES && at >= 0 && at <= end - 16; i++) {
      long nameSize = bytes.number((int) at, 4, bigEndian);
      long contentSize = bytes.number((int) at + 4, 4, bigEndian);
      long content = at + 12 + (nameSize + 3) / 4 * 4;
      boolean isBuildId =
          bytes.number((int) at + 8, 4, bigEndian) == BUILD_ID
              && nameSize == GNU.length
              && bytes.startsWith((int) at + 12, GNU)
              && contentSize >= 8
              && contentSize <= 64
              && content + contentSize <= bytes.size();
      if (isBuildId) {
        byte[] id = bytes.copy((int) content, (int) contentSize);
        file.attributes().put("build-id", HexFormat.of().formatHex(id));
        return;
      }
      at = content + (contentSize + 3) / 4 * 4;
    }
  }
}
