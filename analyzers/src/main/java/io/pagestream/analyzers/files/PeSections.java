package io.pagestream.analyzers.files;

import java.util.Map;

/**
 * The section headers of a PE (Microsoft, "PE Format", "Section Table"): name of 8 bytes,
 * VirtualSize u32, VirtualAddress u32, SizeOfRawData u32, PointerToRawData u32, then 16 bytes.
 *
 * @param header the bytes of the file
 * @param at offset of the first section header
 * @param count number of section headers that are used
 * @param complete whether these are all
 */
record PeSections(HeaderBytes header, int at, int count, boolean complete) {
  private static final int ENTRY = 40;

  /** Number of sections that are examined. */
  private static final int MOST = 96;

  /** The section headers that are visible; only those in the first page if they contradict. */
  static PeSections of(HeaderBytes header, int at, int declared) {
    PeSections visible = upTo(header.size(), header, at, declared);
    boolean inPage = at + ENTRY * visible.count <= header.inPage();
    return inPage || !visible.overlaps() ? visible : upTo(header.inPage(), header, at, declared);
  }

  private static PeSections upTo(int end, HeaderBytes header, int at, int declared) {
    int count = Math.min(Math.min(declared, MOST), Math.max(0, (end - at) / ENTRY));
    return new PeSections(header, at, count, count == declared);
  }

  /** Whether a section begins in memory before the end of the one before it. */
  boolean overlaps() {
    for (int i = 1; i < count; i++) {
      long before = address(i - 1) + Math.max(1, virtualSize(i - 1));
      if (address(i) < before && address(i) != 0) {
        return true;
      }
    }
    return false;
  }

  /** Adds the names, and the size of the file up to the end of its last section. */
  void describe(Map<String, String> attributes) {
    StringBuilder names = new StringBuilder();
    long end = 0;
    for (int i = 0; i < count; i++) {
      names.append(i == 0 ? "" : ",").append(name(i));
      if (rawSize(i) != 0) {
        end = Math.max(end, pointer(i) + rawSize(i));
      }
    }
    if (count > 0) {
      attributes.put("section-names", names.toString());
    }
    if (complete && end > 0) {
      attributes.put(FileDescription.DECLARED_SIZE, Long.toString(end));
    }
  }

  /**
   * Offset of an address in the file.
   *
   * @return -1 if no section contains it
   */
  long fileOffset(long address) {
    for (int i = 0; i < count; i++) {
      long distance = address - address(i);
      if (distance >= 0 && distance < rawSize(i)) {
        return pointer(i) + distance;
      }
    }
    return -1;
  }

  /** Printable characters of a name up to the first zero byte; others are shown as a dot. */
  private String name(int index) {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      int letter = header.u8(at + index * ENTRY + i);
      if (letter == 0) {
        break;
      }
      name.append(letter > ' ' && letter < 0x7f && letter != ',' ? (char) letter : '.');
    }
    return name.toString();
  }

  private long virtualSize(int index) {
    return header.u32le(at + index * ENTRY + 8);
  }

  private long address(int index) {
    return header.u32le(at + index * ENTRY + 12);
  }

  private long rawSize(int index) {
    return header.u32le(at + index * ENTRY + 16);
  }

  private long pointer(int index) {
    return header.u32le(at + index * ENTRY + 20);
  }
}
