package io.pagestream.analyzers.files;

/**
 * The sizes of a zip entry: u32 at 18 (compressed) and 22 (uncompressed), or, for each of them that
 * is 0xffffffff, u64 in the ZIP64 extra field, the uncompressed size first (PKWARE APPNOTE, section
 * 4.5.3).
 *
 * @param known whether both sizes are known; a ZIP64 field may lie in another page
 * @param compressed bytes of the data
 * @param uncompressed bytes of the content
 */
record ZipSizes(boolean known, long compressed, long uncompressed) {
  private static final long IN_EXTRA = 0xffff_ffffL;
  private static final int ZIP64 = 1;

  /**
   * Reads the sizes.
   *
   * @param extra offset of the extra fields
   * @param end offset after the visible part of them
   */
  static ZipSizes of(HeaderBytes header, int extra, int end) {
    long compressed = header.u32le(18);
    long uncompressed = header.u32le(22);
    int field = field(header, extra, end, ZIP64);
    if (field < 0) {
      boolean known = compressed != IN_EXTRA && uncompressed != IN_EXTRA;
      return new ZipSizes(known, compressed, uncompressed);
    }
    int at = field + 4;
    int last = Math.min(end, at + header.u16le(field + 2));
    boolean known = true;
    if (uncompressed == IN_EXTRA) {
      known = at + 8 <= last;
      uncompressed = known ? header.s64le(at) : uncompressed;
      at += 8;
    }
    if (compressed == IN_EXTRA) {
      known &= at + 8 <= last;
      compressed = known ? header.s64le(at) : compressed;
    }
    return new ZipSizes(known && compressed >= 0 && uncompressed >= 0, compressed, uncompressed);
  }

  /** Offset of the first extra field with an id; -1 if there is none. */
  static int field(HeaderBytes header, int from, int end, int id) {
    int at = from;
    while (at + 4 <= end) {
      if (header.u16le(at) == id) {
        return at;
      }
      at += 4 + header.u16le(at + 2);
    }
    return -1;
  }
}
