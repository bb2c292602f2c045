package io.pagestream.analyzers.files;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The rollback journal of a SQLite database (sqlite.org, "Database File Format", section 3), which
 * contains pages as they were before a change: magic of 8 bytes, then big-endian u32: number of
 * page records (or 0xffffffff: up to the end of the file), nonce, size of the database in pages,
 * sector size, page size; zeros up to the end of the sector.
 */
final class SqliteJournalFormat {
  private static final int HEADER = 28;
  private static final long TO_END_OF_FILE = 0xffff_ffffL;

  static final FileFormat FORMAT =
      new FileFormat(
          "sqlite", "\u00d9\u00d5\5\u00f9 \u00a1c\u00d7", HEADER, SqliteJournalFormat::describe);

  private SqliteJournalFormat() {}

  private static @Nullable FileDescription describe(HeaderBytes header) {
    long records = header.u32be(8);
    long sector = header.u32be(20);
    long pageSize = header.u32be(24);
    boolean valid =
        sector >= 32
            && sector <= 65536
            && Long.bitCount(sector) == 1
            && pageSize >= 512
            && pageSize <= 65536
            && Long.bitCount(pageSize) == 1;
    if (!valid) {
      return null;
    }
    int end = (int) Math.min(sector, header.inPage());
    if (end > HEADER && !header.isZero(HEADER, end - HEADER)) {
      return null;
    }
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("part", "rollback-journal");
    attributes.put("page-size", Long.toString(pageSize));
    attributes.put("database-pages", Long.toString(header.u32be(16)));
    if (records != TO_END_OF_FILE) {
      attributes.put("records", Long.toString(records));
    }
    return new FileDescription(
        "SQLite 3 rollback journal, %d bytes".formatted(pageSize), HEADER, attributes);
  }
}
