package io.pagestream.analyzers.files;

import io.pagestream.schemas.avro.Confidence;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The write-ahead log of a SQLite database (sqlite.org, "WAL-mode File Format", section 2.1), which
 * contains its newest rows. All fields are big-endian u32: magic 0x377f0682 or 0x377f0683, format
 * 3007000, page size, checkpoint number, two salts, two checksums of the 24 bytes before. The
 * magic's last bit is the byte order of the checksums (section 2.2). With a wrong checksum, the
 * confidence is low.
 */
final class SqliteWalFormat {
  private static final int HEADER = 32;
  private static final long VERSION = 3_007_000;

  static final FileFormat FORMAT =
      FileFormat.matching(
          "sqlite", "\\x37\\x7f\\x06[\\x82\\x83]", 4, HEADER, SqliteWalFormat::describe);

  private SqliteWalFormat() {}

  private static @Nullable FileDescription describe(HeaderBytes header) {
    long pageSize = header.u32be(8);
    if (header.u32be(4) != VERSION
        || pageSize < 512
        || pageSize > 65536
        || Long.bitCount(pageSize) != 1) {
      return null;
    }
    boolean bigEndian = (header.u8(3) & 1) != 0;
    boolean correct = checksum(header, bigEndian) == header.s64be(24);
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("part", "write-ahead-log");
    attributes.put("page-size", Long.toString(pageSize));
    attributes.put("checkpoint", Long.toString(header.u32be(12)));
    if (!correct) {
      attributes.put(FileDescription.ANOMALIES, "checksum");
    }
    return new FileDescription(
        "SQLite 3 write-ahead log, %d bytes".formatted(pageSize),
        HEADER,
        attributes,
        correct ? null : Confidence.LOW);
  }

  /** The two sums of the first 24 bytes, the first one in the upper half. */
  private static long checksum(HeaderBytes header, boolean bigEndian) {
    int first = 0;
    int second = 0;
    for (int at = 0; at < 24; at += 8) {
      first += (int) header.number(at, 4, bigEndian) + second;
      second += (int) header.number(at + 4, 4, bigEndian) + first;
    }
    return ((long) first << 32) | (second & 0xffff_ffffL);
  }
}
