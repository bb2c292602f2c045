package io.pagestream.analyzers.linux;

import io.pagestream.analyzers.records.Artifact;
import io.pagestream.analyzers.records.RecordBytes;
import io.pagestream.analyzers.records.RecordFormat;
import io.pagestream.analyzers.records.Times;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A record of utmp or wtmp (utmp(5)): type at 0, process at 4, line at 8 (32 bytes), id at 40 (4),
 * user at 44 (32), host at 76 (256), exit status at 332, session at 336; then time, address and 20
 * unused bytes, whose places depend on the width of the time: 32 bits on x86, 64 on AArch64.
 */
final class LoginRecord {
  static final String KIND = "utmp-record";

  /** A terminal as the line of a process, or the id and user of a record of the system. */
  static final List<RecordFormat> FORMATS =
      List.of(
          RecordFormat.withAnchorAt(
              7, "\\x00(?:pts/[0-9]|tty[0-9A-Z].|:[0-9]\\x00..)", 6, LoginRecord::describe),
          RecordFormat.withAnchorAt(
              40, "~[~\\x00]\\x00\\x00(?:reboo|runle|shutd)", 9, LoginRecord::describe));

  private static final Layout NARROW = new Layout(384, 340, 344, 348, 364);
  private static final Layout WIDE = new Layout(400, 344, 352, 360, 376);
  private static final int LINE = 8;
  private static final int USER = 44;
  private static final int HOST = 76;
  private static final int UNUSED = 20;
  private static final long MAX_PID = 1 << 22;

  private static final String[] TYPES = {
    "empty", "run-level", "boot", "new-time", "old-time", "init", "login", "user", "dead"
  };

  private LoginRecord() {}

  /**
   * The places of the fields that follow the session.
   *
   * @param length length of the record
   * @param seconds offset of the seconds since 1970
   * @param micros offset of the microseconds
   * @param address offset of the address, 16 bytes
   * @param unused offset of the unused bytes
   */
  private record Layout(int length, int seconds, int micros, int address, int unused) {
    boolean fits(RecordBytes bytes) {
      return bytes.has(0, length)
          && Times.isUnix(bytes.u32(seconds))
          && bytes.u32(micros) < 1_000_000
          && bytes.isZero(unused, UNUSED)
          && (length == NARROW.length()
              || (bytes.s32(seconds + 4) == 0 && bytes.s32(micros + 4) == 0));
    }
  }

  private static @Nullable Artifact describe(RecordBytes bytes) {
    if (!bytes.has(0, NARROW.length())
        || bytes.u32(0) == 0
        || bytes.u32(0) >= TYPES.length
        || bytes.u32(4) > MAX_PID) {
      return null;
    }
    Layout layout = NARROW.fits(bytes) ? NARROW : WIDE;
    int line = padded(bytes, LINE, 32);
    int user = padded(bytes, USER, 32);
    int host = padded(bytes, HOST, 256);
    if (line < 0 || user < 0 || host < 0 || !layout.fits(bytes)) {
      return null;
    }
    Map<String, String> attributes = new TreeMap<>();
    String type = TYPES[bytes.u8(0)];
    attributes.put("type", type);
    attributes.put("process-id", Long.toString(bytes.u32(4)));
    attributes.put("time", Times.unix(bytes.u32(layout.seconds()), bytes.u32(layout.micros())));
    put("line", bytes.utf8(LINE, line), attributes);
    put("user", bytes.utf8(USER, user), attributes);
    put("host", bytes.utf8(HOST, host), attributes);
    int address = layout.address();
    if (!bytes.isZero(address, 4) && bytes.isZero(address + 4, 12)) {
      attributes.put(
          "address",
          "%d.%d.%d.%d"
              .formatted(
                  bytes.u8(address),
                  bytes.u8(address + 1),
                  bytes.u8(address + 2),
                  bytes.u8(address + 3)));
    }
    String value =
        "%s %s %s".formatted(type, bytes.utf8(USER, user), bytes.utf8(LINE, line)).strip();
    return Artifact.binary(KIND, layout.length(), value, attributes);
  }

  private static void put(String key, String text, Map<String, String> attributes) {
    if (!text.isEmpty()) {
      attributes.put(key, text);
    }
  }

  /** Length of a text that is padded with zeros, or -1. */
  private static int padded(RecordBytes bytes, int offset, int size) {
    int length = bytes.textLength(offset, size);
    return length < 0 || !bytes.isZero(offset + length, size - length) ? -1 : length;
  }
}
