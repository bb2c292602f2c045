package io.pagestream.analyzers.files;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * SQLite 3 (sqlite.org, "Database File Format", section 1.3: the 100-byte header, big-endian; and
 * section 1.6: the b-tree page that follows it).
 */
final class SqliteFormat {
  private static final int HEADER = 100;

  static final FileFormat FORMAT =
      new FileFormat("sqlite", "SQLite format 3\0", HEADER, SqliteFormat::describe);

  private static final int INTERIOR_TABLE_PAGE = 5;
  private static final int LEAF_TABLE_PAGE = 13;
  private static final String[] ENCODINGS = {"no text", "UTF-8", "UTF-16le", "UTF-16be"};

  private SqliteFormat() {}

  private static @Nullable FileDescription describe(HeaderBytes header) {
    if (!isHeader(header)) {
      return null;
    }
    if (header.inPage() > HEADER) {
      int pageType = header.u8(HEADER);
      if (pageType != INTERIOR_TABLE_PAGE && pageType != LEAF_TABLE_PAGE) {
        return null;
      }
    }
    long pages = header.u32be(28);
    String encoding = ENCODINGS[(int) header.u32be(56)];
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("page-size", Integer.toString(pageSize(header)));
    attributes.put("text-encoding", encoding);
    attributes.put("user-version", Long.toString(header.u32be(60)));
    attributes.put("application-id", "0x%08x".formatted(header.u32be(68)));
    attributes.put("written-by", version(header.u32be(96)));
    String size = "";
    if (pages != 0 && header.u32be(24) == header.u32be(92)) {
      attributes.put("declared-size", Long.toString(pages * pageSize(header)));
      size = "%d pages of ".formatted(pages);
    }
    String value = "SQLite 3, %s%d bytes, %s".formatted(size, pageSize(header), encoding);
    return new FileDescription(value, HEADER, attributes);
  }

  private static boolean isHeader(HeaderBytes header) {
    int pageSize = pageSize(header);
    int writeVersion = header.u8(18);
    int readVersion = header.u8(19);
    return pageSize >= 512
        && Integer.bitCount(pageSize) == 1
        && (writeVersion == 1 || writeVersion == 2)
        && (readVersion == 1 || readVersion == 2)
        && pageSize - header.u8(20) >= 480
        && header.u8(21) == 64
        && header.u8(22) == 32
        && header.u8(23) == 32
        && header.u32be(44) <= 4
        && header.u32be(56) < ENCODINGS.length
        && header.isZero(72, 20);
  }

  /** u16 at 16; 1 means 65536. */
  private static int pageSize(HeaderBytes header) {
    int size = header.u16be(16);
    return size == 1 ? 65536 : size;
  }

  /** SQLITE_VERSION_NUMBER: 3046001 is 3.46.1. */
  private static String version(long number) {
    return "%d.%d.%d".formatted(number / 1_000_000, number / 1000 % 1000, number % 1000);
  }
}
