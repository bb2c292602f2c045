package io.pagestream.analyzers.files;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Captures of network packets.
 *
 * <ul>
 *   <li>pcap (draft-ietf-opsawg-pcap, section 4): magic 0xa1b2c3d4 (microseconds) or 0xa1b23c4d
 *       (nanoseconds) in the file's byte order, version 2.4, two reserved u32, maximum length u32,
 *       link type u32; the records after it (section 5) must be valid as far as they are in the
 *       first page.
 *   <li>pcapng (draft-ietf-opsawg-pcapng, section 4.1): section header 0x0a0d0d0a, length u32, byte
 *       order 0x1a2b3c4d, version 1.0, section length s64, options, the length again.
 * </ul>
 */
final class CaptureFormats {
  static final FileFormat PCAP =
      FileFormat.matching(
          "pcap",
          "(\\xd4\\xc3\\xb2\\xa1|\\x4d\\x3c\\xb2\\xa1|\\xa1\\xb2\\xc3\\xd4|\\xa1\\xb2\\x3c\\x4d)",
          4,
          24,
          CaptureFormats::pcap);
  static final FileFormat PCAPNG =
      FileFormat.matching(
          "pcapng",
          "\\x0a\\x0d\\x0d\\x0a.{4}(\\x1a\\x2b\\x3c\\x4d|\\x4d\\x3c\\x2b\\x1a)",
          12,
          28,
          CaptureFormats::pcapng);

  static final List<FileFormat> ALL = List.of(PCAP, PCAPNG);

  private static final int RECORD = 16;
  private static final int MOST_RECORDS = 16;

  /** libpcap's MAXIMUM_SNAPLEN for other link types than D-Bus and USB. */
  private static final long MOST_PACKET = 128L << 20;

  private static final int MOST_LINK_TYPE = 400;

  private CaptureFormats() {}

  private static @Nullable FileDescription pcap(HeaderBytes header) {
    boolean bigEndian = header.u8(0) == 0xa1;
    boolean nanoseconds = header.u8(1) == 0x3c || header.u8(2) == 0x3c;
    long most = header.number(16, 4, bigEndian);
    long link = header.number(20, 4, bigEndian) & 0xffff;
    boolean valid =
        header.number(4, 2, bigEndian) == 2
            && header.number(6, 2, bigEndian) == 4
            && header.isZero(12, 4)
            && most > 0
            && link <= MOST_LINK_TYPE
            && areRecords(header, bigEndian, nanoseconds ? 1_000_000_000 : 1_000_000);
    if (!valid) {
      return null;
    }
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("link-type", Long.toString(link));
    attributes.put("packet-limit", Long.toString(most));
    if (header.has(24, RECORD) && !header.isZero(24, RECORD)) {
      long first = header.number(24, 4, bigEndian);
      attributes.put("first-packet", Instant.ofEpochSecond(first).toString());
    }
    return new FileDescription("pcap, link type %d".formatted(link), 24, attributes);
  }

  /** Time in seconds and parts u32, captured and original length u32. */
  private static boolean areRecords(HeaderBytes header, boolean bigEndian, long partsPerSecond) {
    long at = 24;
    for (int i = 0; i < MOST_RECORDS && at + RECORD <= header.inPage(); i++) {
      int record = (int) at;
      long captured = header.number(record + 8, 4, bigEndian);
      long original = header.number(record + 12, 4, bigEndian);
      boolean isEnd = header.isZero(record, RECORD);
      boolean valid =
          header.number(record + 4, 4, bigEndian) < partsPerSecond
              && captured > 0
              && captured <= MOST_PACKET
              && captured <= original
              && original <= MOST_PACKET;
      if (!valid) {
        // A file without packets, or the memory after its last one.
        return i > 0 || isEnd;
      }
      at += RECORD + captured;
    }
    return true;
  }

  private static @Nullable FileDescription pcapng(HeaderBytes header) {
    boolean bigEndian = header.u8(8) == 0x1a;
    long length = header.number(4, 4, bigEndian);
    boolean valid =
        length >= 28
            && length % 4 == 0
            && length <= 1 << 20
            && header.number(12, 2, bigEndian) == 1
            && (header.number(14, 2, bigEndian) == 0 || header.number(14, 2, bigEndian) == 2)
            && header.number(16, 8, bigEndian) >= -1;
    if (!valid) {
      return null;
    }
    boolean visible = length <= header.size();
    boolean repeated = visible && header.number((int) length - 4, 4, bigEndian) == length;
    if (!repeated && length <= header.inPage()) {
      return null;
    }
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("byte-order", bigEndian ? "big-endian" : "little-endian");
    return new FileDescription("pcapng section", repeated ? (int) length : 28, attributes);
  }
}
