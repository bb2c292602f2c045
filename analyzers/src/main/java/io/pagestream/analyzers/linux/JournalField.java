package io.pagestream.analyzers.linux;

import io.pagestream.analyzers.api.Encoding;
import io.pagestream.analyzers.records.Artifact;
import io.pagestream.analyzers.records.RecordBytes;
import io.pagestream.analyzers.records.RecordFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A data object of a systemd journal ("Journal File Format", Data Objects): type 1 at 0, flags at
 * 1, zero from 2 on, size at 8, hash at 16, offsets at 24, 32, 40 and 48, number of entries at 56,
 * and the payload {@code FIELD=value} at 64, or at 72 in compact journals. Compressed payloads are
 * not searched for.
 */
final class JournalField {
  static final String KIND = "journal-entry";

  private static final int PAYLOAD = 64;
  private static final int COMPACT_PAYLOAD = 72;
  private static final int ANCHOR_BYTES = 6;

  /** The last byte before the payload, and the beginning of the field's name. */
  private static final String ANCHOR = "\\x00(?:MESSA|_PID=|_COMM|_EXE=|_CMDL|_HOST|_SYST|SYSLO)";

  private static final int DATA = 1;
  private static final int LONGEST = 3072;
  private static final int LONGEST_NAME = 64;

  private final int payload;

  private JournalField(int payload) {
    this.payload = payload;
  }

  static List<RecordFormat> formats() {
    return List.of(format(PAYLOAD), format(COMPACT_PAYLOAD));
  }

  private static RecordFormat format(int payload) {
    return RecordFormat.withAnchorAt(
        payload - 1, ANCHOR, ANCHOR_BYTES, new JournalField(payload)::describe);
  }

  private @Nullable Artifact describe(RecordBytes bytes) {
    if (!bytes.has(0, payload)
        || bytes.s64(0) != DATA
        || bytes.s64(16) == 0
        || !isOffset(bytes.s64(24))
        || !isOffset(bytes.s64(32))
        || !isOffset(bytes.s64(40))
        || !isOffset(bytes.s64(48))
        || bytes.s64(56) <= 0
        || bytes.s64(56) > 1L << 40) {
      return null;
    }
    long size = bytes.s64(8);
    if (size <= payload || size > payload + LONGEST || !bytes.has(0, (int) size)) {
      return null;
    }
    int length = (int) size - payload;
    int equals = equals(bytes, length);
    if (equals < 0 || !isText(bytes, payload + equals + 1, length - equals - 1)) {
      return null;
    }
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("field", bytes.latin1(payload, equals));
    attributes.put("entries", Long.toString(bytes.s64(56)));
    attributes.put("entry-offset", "0x%x".formatted(bytes.s64(40)));
    return new Artifact(
        KIND, (int) size, bytes.utf8(payload, length), Encoding.UTF_8, attributes, null);
  }

  /** Objects begin at multiples of 8. */
  private static boolean isOffset(long offset) {
    return offset >= 0 && offset % 8 == 0;
  }

  /** Length of the field's name, or -1. */
  private int equals(RecordBytes bytes, int length) {
    for (int i = 0; i < Math.min(length, LONGEST_NAME); i++) {
      int next = bytes.u8(payload + i);
      if (next == '=') {
        return i;
      }
      if (next != '_' && (next < 'A' || next > 'Z')) {
        return -1;
      }
    }
    return -1;
  }

  private static boolean isText(RecordBytes bytes, int offset, int length) {
    for (int i = 0; i < length; i++) {
      int next = bytes.u8(offset + i);
      if (next < ' ' && next != '\n' && next != '\t') {
        return false;
      }
    }
    return length > 0;
  }
}
