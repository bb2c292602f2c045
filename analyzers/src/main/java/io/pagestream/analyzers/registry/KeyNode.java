package io.pagestream.analyzers.registry;

import io.pagestream.analyzers.api.Encoding;
import io.pagestream.analyzers.records.Artifact;
import io.pagestream.analyzers.records.RecordBytes;
import io.pagestream.analyzers.records.RecordFormat;
import io.pagestream.analyzers.records.Times;
import io.pagestream.schemas.avro.Confidence;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A cell with a named key. From the {@code nk} after the cell's size on: flags at 2, FILETIME at 4,
 * parent at 16, numbers of subkeys at 20 and 24, lists of subkeys at 28 and 32, number of values at
 * 36, list of values at 40, security at 44, class at 48, length of the name at 72, name at 76.
 */
final class KeyNode {
  static final String KIND = "registry-key";

  /** The upper half of the cell's size: used cells are negative, no key is longer than 64 KiB. */
  static final RecordFormat FORMAT =
      RecordFormat.withAnchorAt(2, "(?:\\xff\\xff|\\x00\\x00)nk", 4, KeyNode::describe);

  private static final int NODE = 4;
  private static final int NAME = NODE + 76;
  private static final int LONGEST_NAME = 255;
  private static final int KNOWN_FLAGS = 0x53ff;
  private static final int ROOT = 0x0004;
  private static final int COMPRESSED_NAME = 0x0020;
  private static final long NONE = 0xffff_ffffL;

  /** Most subkeys or values of a key that is believed. */
  private static final long MOST = 1 << 20;

  private KeyNode() {}

  private static @Nullable Artifact describe(RecordBytes bytes) {
    if (!bytes.has(0, NAME)) {
      return null;
    }
    int stored = bytes.s32(0);
    int size = Math.abs(stored);
    int flags = bytes.u16(NODE + 2);
    int nameBytes = bytes.u16(NODE + 72);
    boolean narrow = (flags & COMPRESSED_NAME) != 0;
    if (size % 8 != 0
        || size < NAME + nameBytes
        || (flags & ~KNOWN_FLAGS) != 0
        || !Times.isFiletime(bytes.s64(NODE + 4))
        || !hasReferences(bytes)
        || !isName(bytes, narrow, nameBytes)) {
      return null;
    }
    String name = narrow ? bytes.latin1(NAME, nameBytes) : bytes.utf16(NAME, nameBytes / 2);
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("last-written", Times.filetime(bytes.s64(NODE + 4)));
    attributes.put("subkeys", Long.toString(bytes.u32(NODE + 20)));
    attributes.put("values", Long.toString(bytes.u32(NODE + 36)));
    attributes.put("parent-cell", "0x%x".formatted(bytes.u32(NODE + 16)));
    if ((flags & ROOT) != 0) {
      attributes.put("root", "true");
    }
    if (stored > 0) {
      attributes.put("deleted", "true");
    }
    return Artifact.binary(KIND, NAME + nameBytes, name, attributes)
        .in(narrow ? Encoding.ASCII : Encoding.UTF_16LE)
        .rated(stored < 0 ? Confidence.MEDIUM : Confidence.LOW);
  }

  /** Cells begin at multiples of 8; a list exists if it has entries. */
  private static boolean hasReferences(RecordBytes bytes) {
    long subkeys = bytes.u32(NODE + 20);
    long values = bytes.u32(NODE + 36);
    return isCell(bytes.u32(NODE + 16))
        && subkeys < MOST
        && bytes.u32(NODE + 24) < MOST
        && (subkeys == 0 || isCellInUse(bytes.u32(NODE + 28)))
        && values < MOST
        && (values == 0 || isCellInUse(bytes.u32(NODE + 40)))
        && isCell(bytes.u32(NODE + 44))
        && isCell(bytes.u32(NODE + 48));
  }

  private static boolean isCell(long offset) {
    return offset == NONE || offset % 8 == 0;
  }

  private static boolean isCellInUse(long offset) {
    return offset != NONE && offset % 8 == 0;
  }

  private static boolean isName(RecordBytes bytes, boolean narrow, int length) {
    if (length == 0 || !bytes.has(NAME, length)) {
      return false;
    }
    if (!narrow) {
      return length % 2 == 0 && length / 2 <= LONGEST_NAME && bytes.isUtf16Text(NAME, length / 2);
    }
    for (int i = 0; i < length; i++) {
      int next = bytes.u8(NAME + i);
      if (next < ' ' || (next > '~' && next < 0xa0)) {
        return false;
      }
    }
    return length <= LONGEST_NAME;
  }
}
