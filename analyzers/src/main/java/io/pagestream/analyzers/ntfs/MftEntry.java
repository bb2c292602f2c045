package io.pagestream.analyzers.ntfs;

import io.pagestream.analyzers.records.Artifact;
import io.pagestream.analyzers.records.RecordBytes;
import io.pagestream.analyzers.records.RecordFormat;
import io.pagestream.schemas.avro.Confidence;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the master file table: update sequence at 4, log sequence number at 8, sequence
 * number at 16, links at 18, first attribute at 20, flags at 22, size in use at 24, size at 28,
 * base entry at 32, its own number at 44 (from NTFS 3.1 on, whose update sequence is at 48, not
 * 42).
 */
final class MftEntry {
  static final String KIND = "mft-entry";

  private static final int HEADER = 48;
  private static final int OLD_SEQUENCE = 42;
  private static final int IN_USE = 1;
  private static final int DIRECTORY = 2;
  private static final int KNOWN_FLAGS = 0x0f;
  private static final long END = 0xffff_ffffL;
  private static final int STANDARD_INFORMATION = 0x10;
  private static final int FILE_NAME = 0x30;
  private static final int DATA = 0x80;
  private static final int LAST_TYPE = 0x1000;
  private static final int RESIDENT_HEADER = 24;
  private static final int NON_RESIDENT_HEADER = 64;
  private static final int MAX_STREAMS = 8;

  private final UpdateSequence sequence = new UpdateSequence();

  private MftEntry() {}

  /** {@code FILE} and the low byte of the offset of the update sequence: 48 or 42. */
  static RecordFormat format() {
    return RecordFormat.startingWith("FILE[0*]", 5, new MftEntry()::describe);
  }

  private @Nullable Artifact describe(RecordBytes bytes) {
    if (!bytes.has(0, HEADER) || !isHeader(bytes)) {
      return null;
    }
    int size = (int) bytes.u32(28);
    UpdateSequence.State state = sequence.verify(bytes, size);
    if (state == null) {
      return null;
    }
    RecordBytes entry = sequence.repair(bytes, size, state);
    Map<String, String> attributes = new TreeMap<>();
    String name = attributes(entry, attributes);
    if (name == null) {
      return null;
    }
    int flags = entry.u16(22);
    attributes.put("update-sequence", state.word());
    attributes.put("sequence", Integer.toString(entry.u16(16)));
    attributes.put("in-use", Boolean.toString((flags & IN_USE) != 0));
    attributes.put("directory", Boolean.toString((flags & DIRECTORY) != 0));
    attributes.put("links", Integer.toString(entry.u16(18)));
    if (entry.u16(4) != OLD_SEQUENCE) {
      attributes.put("entry", Long.toString(entry.u32(44)));
    }
    if (entry.s64(32) != 0) {
      FileName.reference("base", entry.s64(32), attributes);
    }
    boolean named = !name.isEmpty();
    boolean intact = state != UpdateSequence.State.DAMAGED;
    if (!named && !intact) {
      return null;
    }
    return Artifact.binary(KIND, size, named ? name : "MFT entry without a name", attributes)
        .rated(named && intact ? Confidence.HIGH : Confidence.MEDIUM);
  }

  private static boolean isHeader(RecordBytes bytes) {
    int first = bytes.u16(20);
    long used = bytes.u32(24);
    long size = bytes.u32(28);
    return bytes.u8(5) == 0
        && (size == 1024 || size == UpdateSequence.MAX_RECORD)
        && used <= size
        && used % 8 == 0
        && first % 8 == 0
        && first >= bytes.u16(4) + 2 * bytes.u16(6)
        && first + 8L <= used
        && (bytes.u16(22) & ~KNOWN_FLAGS) == 0;
  }

  /**
   * Follows the chain of attributes.
   *
   * @return the name, empty if there is none, or null if the chain is broken
   */
  private static @Nullable String attributes(RecordBytes entry, Map<String, String> found) {
    String name = "";
    boolean alias = true;
    int streams = 0;
    int used = (int) entry.u32(24);
    int offset = entry.u16(20);
    while (offset <= used - 4 && entry.u32(offset) != END) {
      long type = entry.u32(offset);
      if (offset > used - RESIDENT_HEADER) {
        return null;
      }
      long length = entry.u32(offset + 4);
      if (type == 0
          || type % 16 != 0
          || type > LAST_TYPE
          || length < RESIDENT_HEADER
          || length % 8 != 0
          || length > used - offset
          || entry.u8(offset + 8) > 1) {
        return null;
      }
      int contents = contents(entry, offset, (int) length);
      int size = contents < 0 ? 0 : (int) entry.u32(offset + 16);
      if (type == STANDARD_INFORMATION && size >= 32) {
        FileName.times("", entry, contents, found);
      } else if (type == FILE_NAME && FileName.isAt(entry, contents, size) && alias) {
        name = FileName.name(entry, contents);
        alias = FileName.isAlias(entry, contents);
        FileName.reference("parent", entry.s64(contents), found);
        FileName.times("name-", entry, contents + 8, found);
      } else if (type == DATA && streams < MAX_STREAMS) {
        streams++;
        stream(entry, offset, (int) length, found);
      }
      offset += (int) length;
    }
    return offset <= used - 4 ? name : null;
  }

  /** Offset of a resident attribute's contents, or -1. */
  private static int contents(RecordBytes entry, int offset, int length) {
    if (entry.u8(offset + 8) != 0) {
      return -1;
    }
    int start = entry.u16(offset + 20);
    return start <= length && entry.u32(offset + 16) <= length - start ? offset + start : -1;
  }

  /** The size of the data; of an alternate stream only the name. */
  private static void stream(RecordBytes entry, int offset, int length, Map<String, String> found) {
    int chars = entry.u8(offset + 9);
    int name = entry.u16(offset + 10);
    if (chars > 0) {
      if (name + 2 * chars <= length && entry.isUtf16Text(offset + name, chars)) {
        found.merge("streams", entry.utf16(offset + name, chars), (a, b) -> a + "|" + b);
      }
    } else if (entry.u8(offset + 8) == 0) {
      found.put("size", Long.toString(entry.u32(offset + 16)));
    } else if (length >= NON_RESIDENT_HEADER) {
      found.put("size", Long.toUnsignedString(entry.s64(offset + 48)));
    }
  }
}
