package io.pagestream.analyzers.ntfs;

import io.pagestream.analyzers.records.Artifact;
import io.pagestream.analyzers.records.RecordBytes;
import io.pagestream.analyzers.records.RecordFormat;
import io.pagestream.analyzers.records.Times;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A record of a directory's index: virtual cluster number at 16, and at 24 the index node: offset
 * of the first entry, size in use, size, flags. An entry has a file reference at 0, its length at
 * 8, the length of its contents at 10, flags at 12, and contents at 16.
 */
final class IndexRecord {
  static final String KIND = "indx-record";

  private static final int NODE = 24;
  private static final int ENTRY_HEADER = 16;
  private static final int LAST_ENTRY = 2;

  /** Names that are listed; a record has some 40 entries. */
  private static final int MAX_NAMES = 64;

  private final UpdateSequence sequence = new UpdateSequence();

  private IndexRecord() {}

  /** {@code INDX} and the offset of the update sequence, 40. */
  static RecordFormat format() {
    return RecordFormat.startingWith("INDX\\x28", 5, new IndexRecord()::describe);
  }

  private @Nullable Artifact describe(RecordBytes bytes) {
    int size = UpdateSequence.MAX_RECORD;
    if (!bytes.has(0, size)
        || bytes.u8(5) != 0
        || bytes.u32(NODE) > size - NODE
        || bytes.u32(NODE) % 8 != 0
        || bytes.u32(NODE + 4) < bytes.u32(NODE)
        || bytes.u32(NODE + 4) > bytes.u32(NODE + 8)
        || bytes.u32(NODE + 8) != size - NODE) {
      return null;
    }
    UpdateSequence.State state = sequence.verify(bytes, size);
    if (state == null || state == UpdateSequence.State.DAMAGED) {
      return null;
    }
    RecordBytes record = sequence.repair(bytes, size, state);
    Map<String, String> attributes = new TreeMap<>();
    int entries = entries(record, attributes);
    if (entries < 0) {
      return null;
    }
    attributes.put("update-sequence", state.word());
    attributes.put("vcn", Long.toString(record.s64(16)));
    attributes.put("entries", Integer.toString(entries));
    String names = attributes.getOrDefault("names", "");
    int bar = names.indexOf('|');
    String value =
        names.isEmpty()
            ? "index record, %d entries".formatted(entries)
            : "index of %d files from %s"
                .formatted(entries, bar < 0 ? names : names.substring(0, bar));
    return Artifact.binary(KIND, size, value, attributes);
  }

  /**
   * Follows the chain of entries.
   *
   * @return their number, or -1 if the chain is broken
   */
  private static int entries(RecordBytes record, Map<String, String> found) {
    StringJoiner names = new StringJoiner("|");
    StringJoiner times = new StringJoiner("|");
    int count = 0;
    int used = NODE + (int) record.u32(NODE + 4);
    int offset = NODE + (int) record.u32(NODE);
    while (true) {
      if (offset > used - ENTRY_HEADER) {
        return -1;
      }
      int length = record.u16(offset + 8);
      int contents = record.u16(offset + 10);
      if (length < ENTRY_HEADER
          || length % 8 != 0
          || length > used - offset
          || contents > length - ENTRY_HEADER) {
        return -1;
      }
      if ((record.u16(offset + 12) & LAST_ENTRY) != 0) {
        break;
      }
      int name = offset + ENTRY_HEADER;
      if (FileName.isAt(record, name, contents)) {
        if (count == 0) {
          FileName.reference("parent", record.s64(name), found);
        }
        if (count < MAX_NAMES && !FileName.isAlias(record, name)) {
          names.add(FileName.name(record, name));
          long modified = record.s64(name + 16);
          times.add(Times.isFiletime(modified) ? Times.filetime(modified) : "");
        }
      }
      count++;
      offset += length;
    }
    if (names.length() > 0) {
      found.put("names", names.toString());
      found.put("modified", times.toString());
    }
    return count;
  }
}
