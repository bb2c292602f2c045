package io.pagestream.analyzers.files;

import io.pagestream.schemas.avro.Confidence;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * gzip (RFC 1952, section 2.3): 1f 8b, CM, FLG, MTIME u32, XFL, OS, then by FLG an extra field, a
 * name, a comment and a CRC-16, then deflate data, CRC-32 and size. The beginning of the data is
 * decompressed; if its end is in the first page, CRC-32 and size must be correct. XFL and OS may
 * have values that no known compressor writes only if CRC-32 and size are correct. Names and
 * comments are ISO 8859-1 or UTF-8.
 */
record GzipFormat(DeflateProbe deflate) {
  private static final int FIXED = 10;
  private static final int FLAG_HEADER_CRC = 2;
  private static final int FLAG_EXTRA = 4;
  private static final int FLAG_NAME = 8;
  private static final int FLAG_COMMENT = 16;
  private static final int ALL_FLAGS = 0x1f;
  private static final int OS_UNKNOWN = 255;

  /** Maximum length of a plausible name or comment. */
  private static final int MAX_TEXT = 1024;

  /** RFC 1952, section 2.3.1 for 0 to 13; Info-ZIP's and zlib's numbers (OS_CODE) after these. */
  private static final String[] SYSTEMS = {
    "FAT",
    "Amiga",
    "VMS",
    "Unix",
    "VM/CMS",
    "Atari",
    "HPFS",
    "Macintosh",
    "Z-System",
    "CP/M",
    "TOPS-20",
    "NTFS",
    "QDOS",
    "RISC OS",
    "VFAT",
    "MVS",
    "BeOS",
    "Tandem",
    "OS/400",
    "macOS"
  };

  FileFormat format() {
    return new FileFormat("gzip", "\37\213\b", FIXED, this::describe);
  }

  private @Nullable FileDescription describe(HeaderBytes header) {
    int flags = header.u8(3);
    if (flags > ALL_FLAGS) {
      return null;
    }
    int system = header.u8(9);
    int afterExtra = (flags & FLAG_EXTRA) != 0 ? afterExtra(header) : FIXED;
    int afterName = (flags & FLAG_NAME) != 0 ? afterText(header, afterExtra) : afterExtra;
    int afterComment = (flags & FLAG_COMMENT) != 0 ? afterText(header, afterName) : afterName;
    int data = (flags & FLAG_HEADER_CRC) != 0 ? afterCrc(header, afterComment) : afterComment;
    if (data < 0 || !deflate.probe(header, data, header.size())) {
      return null;
    }
    boolean trailerInPage = deflate.finished() && data + deflate.consumed() + 8 <= header.inPage();
    if (trailerInPage ? !trailerHolds(header, data + deflate.consumed()) : isUnusual(header)) {
      return null;
    }
    Map<String, String> attributes = new TreeMap<>();
    String value = "gzip";
    if ((flags & FLAG_NAME) != 0 && afterName > afterExtra + 1) {
      FileName name = FileName.latin1(header, afterExtra, afterName - 1 - afterExtra);
      name.describe(attributes, "original-name");
      value += " of \"" + name.printable() + "\"";
    }
    if ((flags & FLAG_COMMENT) != 0 && afterComment > afterName + 1) {
      FileName comment = FileName.latin1(header, afterName, afterComment - 1 - afterName);
      attributes.put("comment", comment.printable());
    }
    if (header.u32le(4) != 0) {
      attributes.put("modified", Instant.ofEpochSecond(header.u32le(4)).toString());
    }
    if (system != OS_UNKNOWN) {
      attributes.put("system", system < SYSTEMS.length ? SYSTEMS[system] : "system " + system);
    }
    return new FileDescription(value, data, attributes, isUnusual(header) ? Confidence.LOW : null);
  }

  /** Whether a field has a value that no known compressor writes. */
  private static boolean isUnusual(HeaderBytes header) {
    int extraFlags = header.u8(8);
    int system = header.u8(9);
    return (extraFlags != 0 && extraFlags != 2 && extraFlags != 4)
        || (system >= SYSTEMS.length && system != OS_UNKNOWN);
  }

  /** XLEN u16, then fields of SI1, SI2, LEN u16, data; -1 if their lengths are inconsistent. */
  private static int afterExtra(HeaderBytes header) {
    if (!header.has(FIXED, 2)) {
      return -1;
    }
    int at = FIXED + 2;
    int end = at + header.u16le(FIXED);
    while (at < end && header.has(at, 4)) {
      at += 4 + header.u16le(at + 2);
    }
    return at == end ? end : -1;
  }

  /** Offset after a text that ends with a zero byte; -1 if there is none. */
  private static int afterText(HeaderBytes header, int from) {
    if (from < 0) {
      return -1;
    }
    for (int at = from; at < from + MAX_TEXT && header.has(at, 1); at++) {
      int letter = header.u8(at);
      if (letter == 0) {
        return at + 1;
      }
      if (letter < ' ' || letter == 0x7f) {
        return -1;
      }
    }
    return -1;
  }

  private static int afterCrc(HeaderBytes header, int from) {
    if (from < 0 || !header.has(from, 2)) {
      return -1;
    }
    return (header.crc32(0, from) & 0xffff) == header.u16le(from) ? from + 2 : -1;
  }

  /** Whether CRC-32 and size are correct. */
  private boolean trailerHolds(HeaderBytes header, int at) {
    return header.u32le(at) == deflate.crc32() && header.u32le(at + 4) == deflate.produced();
  }
}
