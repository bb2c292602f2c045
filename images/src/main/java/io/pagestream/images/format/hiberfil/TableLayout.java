package io.pagestream.images.format.hiberfil;

/**
 * The tables of pages of Windows XP to 7: a link with the page of the next table and the number of
 * entries, and entries with a first frame and the frame after the last. Source: Volatility 2,
 * {@code hibernate_vtypes.py}.
 */
enum TableLayout {
  XP_32(false, 4, 0xc, 0x10, 0x10, 4, 8),
  VISTA_SP2_32(false, 4, 8, 0xc, 8, 0, 4),
  SEVEN_32(false, 0, 4, 8, 8, 0, 4),
  XP_64(true, 8, 0x14, 0x20, 0x20, 8, 0x10),
  VISTA_SP2_64(true, 8, 0x10, 0x18, 0x10, 0, 8),
  SEVEN_64(true, 0, 8, 0x10, 0x10, 0, 8);

  final boolean wide;
  final int next;
  final int count;
  final int entries;
  final int entryBytes;
  final int start;
  final int end;

  TableLayout(boolean wide, int next, int count, int entries, int entryBytes, int start, int end) {
    this.wide = wide;
    this.next = next;
    this.count = count;
    this.entries = entries;
    this.entryBytes = entryBytes;
    this.start = start;
    this.end = end;
  }

  /** Number of entries for which a table has space. */
  int mostEntries() {
    return (4096 - entries) / entryBytes;
  }
}
