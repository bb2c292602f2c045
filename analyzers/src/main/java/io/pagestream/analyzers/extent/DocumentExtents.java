package io.pagestream.analyzers.extent;

/** The ends of documents and captures. */
final class DocumentExtents {
  private static final String PDF_END = "%%EOF";
  private static final int MOST_START = 64;
  private static final long FREE_SECTOR = 0xffff_ffffL;
  private static final int DIFAT_ENTRIES = 109;

  private DocumentExtents() {}

  /**
   * The last "%%EOF" whose "startxref" offset is that of a cross-reference table or object (ISO
   * 32000-1, section 7.5.5), before the next PDF.
   */
  static FileExtent pdf(ContiguousBytes bytes) {
    long end = 0;
    for (long at = 5; bytes.has(at, 5); at++) {
      if (bytes.u8(at) != '%') {
        continue;
      }
      if (bytes.isText(at, "%PDF-")) {
        break;
      }
      if (bytes.isText(at, PDF_END) && isReferenced(bytes, at)) {
        end = at + PDF_END.length();
      }
    }
    return end > 0 ? FileExtent.complete(afterLine(bytes, end)) : FileExtent.cut(1);
  }

  private static long afterLine(ContiguousBytes bytes, long end) {
    long at = end;
    at += bytes.has(at, 1) && bytes.u8(at) == '\r' ? 1 : 0;
    return at + (bytes.has(at, 1) && bytes.u8(at) == '\n' ? 1 : 0);
  }

  /** Whether the number before "%%EOF" is the offset of "xref" or of a digit. */
  private static boolean isReferenced(ContiguousBytes bytes, long end) {
    long at = end - 1;
    long first = Math.max(0, end - MOST_START);
    while (at > first && isSpace(bytes.u8(at))) {
      at--;
    }
    long offset = 0;
    long unit = 1;
    while (at > first && isDigit(bytes.u8(at)) && unit < 1_000_000_000_000L) {
      offset += unit * (bytes.u8(at) - '0');
      unit *= 10;
      at--;
    }
    while (at > first && isSpace(bytes.u8(at))) {
      at--;
    }
    return unit > 1
        && bytes.isText(at - 8, "startxref")
        && offset < end
        && (bytes.isText(offset, "xref") || isDigit(bytes.u8(offset)) || offset == 0);
  }

  private static boolean isSpace(int letter) {
    return letter == ' ' || letter == '\r' || letter == '\n';
  }

  private static boolean isDigit(int letter) {
    return letter >= '0' && letter <= '9';
  }

  /**
   * The last sector in use, according to the allocation tables that the header lists (MS-CFB,
   * sections 2.3 and 2.5).
   */
  static FileExtent ole(ContiguousBytes bytes) {
    int shift = (int) bytes.le16(30) & 15;
    long sector = 1L << shift;
    long tables = bytes.le32(44);
    long last = -1;
    for (int i = 0; i < Math.min(tables, DIFAT_ENTRIES); i++) {
      long table = (bytes.le32(76 + 4L * i) + 1) << shift;
      if (!bytes.has(table, sector)) {
        return FileExtent.cut(bytes.limit());
      }
      long entries = sector / 4;
      for (long entry = entries - 1; entry >= 0; entry--) {
        if (bytes.le32(table + 4 * entry) != FREE_SECTOR) {
          last = Math.max(last, i * entries + entry);
          break;
        }
      }
    }
    boolean known = last >= 0 && tables <= DIFAT_ENTRIES;
    return known ? FileExtents.declared(bytes, (last + 2) << shift) : FileExtent.cut(bytes.limit());
  }

  /** Records as long as they are valid; the format does not mark its end. */
  static FileExtent pcap(ContiguousBytes bytes) {
    boolean bigEndian = bytes.u8(0) == 0xa1;
    long most = bytes.number(16, 4, bigEndian);
    long at = 24;
    while (bytes.has(at, 16)) {
      long captured = bytes.number(at + 8, 4, bigEndian);
      long original = bytes.number(at + 12, 4, bigEndian);
      boolean valid =
          captured > 0
              && captured <= Math.min(most, original)
              && bytes.number(at + 4, 4, bigEndian) < 1_000_000_000L
              && bytes.has(at, 16 + captured);
      if (!valid) {
        break;
      }
      at += 16 + captured;
    }
    return FileExtent.cut(at);
  }

  /** Blocks whose two lengths are equal; the format does not mark its end. */
  static FileExtent pcapng(ContiguousBytes bytes) {
    boolean bigEndian = bytes.u8(8) == 0x1a;
    long at = 0;
    while (bytes.has(at, 12)) {
      long length = bytes.number(at + 4, 4, bigEndian);
      boolean valid =
          length >= 12
              && length % 4 == 0
              && bytes.has(at, length)
              && bytes.number(at + length - 4, 4, bigEndian) == length;
      if (!valid) {
        break;
      }
      at += length;
    }
    return FileExtent.cut(Math.max(1, at));
  }
}
