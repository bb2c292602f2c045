package io.pagestream.analyzers.eventlog;

import io.pagestream.analyzers.records.RecordBytes;
import io.pagestream.analyzers.records.Times;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values that an event inserts into its template (MS-EVEN6, TemplateInstanceData): their
 * number, a size and a type for each, and the values themselves. The event log service writes those
 * of the {@code System} element in a fixed order: level 0, opcode 1, task 2, event id 3, qualifiers
 * 4, keywords 5, time 6, activity 7, process 8, thread 9, record id 10, version 11, user 12. The
 * order is assumed only if the types agree, and the caller compares the record id and the time.
 */
final class SystemValues {
  private static final int TEXT = 1;
  private static final int U8 = 4;
  private static final int U16 = 6;
  private static final int U32 = 8;
  private static final int U64 = 10;
  private static final int FILETIME = 17;
  private static final int SID = 19;

  private static final int LEVEL = 0;
  private static final int EVENT_ID = 3;
  private static final int TIME = 6;
  private static final int PROCESS = 8;
  private static final int THREAD = 9;
  private static final int RECORD_ID = 10;
  private static final int USER = 12;

  /** Values of {@code System} and a few more that a template may refer to. */
  private static final int KEPT = 32;

  private static final int LONGEST_TEXT = 256;

  private final int[] offsets = new int[KEPT];
  private final int[] sizes = new int[KEPT];
  private final int[] types = new int[KEPT];
  private int kept;
  private RecordBytes bytes = new RecordBytes();

  /**
   * Reads the beginning of the list.
   *
   * @param offset offset of the number of values
   * @param limit offset after the record's visible part
   * @return whether these may be the values of a System element
   */
  boolean begin(RecordBytes record, int offset, int limit) {
    bytes = record;
    kept = 0;
    if (offset > limit - 4) {
      return false;
    }
    long count = bytes.u32(offset);
    if (count <= USER || count > (limit - offset - 4) / 4) {
      return false;
    }
    int value = offset + 4 + 4 * (int) count;
    for (int i = 0; i < Math.min(count, KEPT); i++) {
      int descriptor = offset + 4 + 4 * i;
      sizes[i] = bytes.u16(descriptor);
      types[i] = bytes.u8(descriptor + 2);
      offsets[i] = value;
      value += sizes[i];
      if (bytes.u8(descriptor + 3) != 0 || value > limit) {
        break;
      }
      kept++;
    }
    return kept > RECORD_ID
        && is(LEVEL, U8, 1)
        && is(EVENT_ID, U16, 2)
        && is(TIME, FILETIME, 8)
        && is(RECORD_ID, U64, 8);
  }

  private boolean is(int index, int type, int size) {
    return index < kept && types[index] == type && sizes[index] == size;
  }

  long recordId() {
    return bytes.s64(offsets[RECORD_ID]);
  }

  long time() {
    return bytes.s64(offsets[TIME]);
  }

  void describe(Map<String, String> attributes) {
    attributes.put("event-id", Integer.toString(bytes.u16(offsets[EVENT_ID])));
    attributes.put("level", Integer.toString(bytes.u8(offsets[LEVEL])));
    long time = bytes.s64(offsets[TIME]);
    if (Times.isFiletime(time)) {
      attributes.put("time", Times.filetime(time));
    }
    if (is(PROCESS, U32, 4)) {
      attributes.put("process-id", Long.toString(bytes.u32(offsets[PROCESS])));
    }
    if (is(THREAD, U32, 4)) {
      attributes.put("thread-id", Long.toString(bytes.u32(offsets[THREAD])));
    }
    if (USER < kept && types[USER] == SID) {
      String sid = sid(offsets[USER], sizes[USER]);
      if (sid != null) {
        attributes.put("user-sid", sid);
      }
    }
  }

  /** MS-DTYP, section 2.4.2.2: revision, number of parts, authority (big-endian), parts. */
  private @Nullable String sid(int offset, int size) {
    if (size < 8 || bytes.u8(offset) != 1 || size != 8 + 4 * bytes.u8(offset + 1)) {
      return null;
    }
    long authority = 0;
    for (int i = 2; i < 8; i++) {
      authority = authority << 8 | bytes.u8(offset + i);
    }
    StringBuilder sid = new StringBuilder("S-1-").append(authority);
    for (int i = 8; i < size; i += 4) {
      sid.append('-').append(bytes.u32(offset + i));
    }
    return sid.toString();
  }

  /** A value that is text, or null. */
  @Nullable String text(int index) {
    if (index < 0 || index >= kept || types[index] != TEXT) {
      return null;
    }
    int chars = bytes.utf16Length(offsets[index], Math.min(sizes[index] / 2, LONGEST_TEXT));
    return chars == 0 || !bytes.isUtf16Text(offsets[index], chars)
        ? null
        : bytes.utf16(offsets[index], chars);
  }
}
