package io.pagestream.analyzers.windows;

import io.pagestream.analyzers.records.Artifact;
import io.pagestream.analyzers.records.RecordBytes;
import io.pagestream.analyzers.records.RecordFormat;
import io.pagestream.analyzers.records.Times;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A shell link (MS-SHLLINK): header of 76 bytes with flags at 20, attributes of the target at 24,
 * FILETIMEs at 28, 36 and 44, size of the target at 52, zero from 66 on; then, as the flags say, a
 * list of item identifiers, the location of the target, strings, and further blocks.
 */
final class ShellLink {
  static final String KIND = "lnk";

  /** Examined length; the whole of an ordinary link. */
  static final int MAX_BYTES = 16 * 1024;

  private static final String ANCHOR =
      "L\\x00\\x00\\x00\\x01\\x14\\x02\\x00\\x00\\x00\\x00\\x00\\xc0\\x00\\x00\\x00\\x00\\x00\\x00F";
  private static final int ANCHOR_BYTES = 20;
  private static final int HEADER = 76;
  private static final long LAST_FLAG = 0x07ff_ffff;
  private static final int HAS_ITEMS = 1;
  private static final int HAS_LOCATION = 2;
  private static final int IS_UNICODE = 0x80;
  private static final int LONGEST_TEXT = 520;
  private static final int MAX_BLOCKS = 16;
  private static final long TRACKER = 0xa000_0003L;

  /** StringData in its order (section 2.4), from flag 4 on. */
  private static final String[] STRINGS = {
    "description", "relative-path", "working-directory", "arguments", "icon-location"
  };

  private RecordBytes bytes = new RecordBytes();

  RecordFormat format() {
    return RecordFormat.startingWith(ANCHOR, ANCHOR_BYTES, this::describe);
  }

  private @Nullable Artifact describe(RecordBytes link) {
    bytes = link;
    if (!bytes.has(0, HEADER)
        || bytes.u32(20) == 0
        || bytes.u32(20) > LAST_FLAG
        || !bytes.isZero(66, 10)
        || !isTime(bytes.s64(28))
        || !isTime(bytes.s64(36))
        || !isTime(bytes.s64(44))) {
      return null;
    }
    int flags = bytes.s32(20);
    Map<String, String> attributes = new TreeMap<>();
    time("created", 28, attributes);
    time("accessed", 36, attributes);
    time("modified", 44, attributes);
    attributes.put("target-size", Long.toString(bytes.u32(52)));
    attributes.put("target-attributes", "0x%x".formatted(bytes.u32(24)));
    int end = HEADER;
    if ((flags & HAS_ITEMS) != 0) {
      end = bytes.has(end, 2) ? end + 2 + bytes.u16(end) : MAX_BYTES;
    }
    if ((flags & HAS_LOCATION) != 0 && bytes.has(end, 28)) {
      LinkLocation.describe(bytes, end, attributes);
      end = (int) Math.min(end + bytes.u32(end), MAX_BYTES);
    }
    end = strings(flags, end, attributes);
    blocks(end, attributes);
    return Artifact.binary(KIND, HEADER, value(attributes), attributes);
  }

  private static String value(Map<String, String> attributes) {
    for (String key : new String[] {"target", "relative-path", "description", "icon-location"}) {
      String text = attributes.get(key);
      if (text != null) {
        return text;
      }
    }
    return "shell link";
  }

  private static boolean isTime(long ticks) {
    return ticks >= 0;
  }

  private void time(String key, int offset, Map<String, String> attributes) {
    if (Times.isFiletime(bytes.s64(offset))) {
      attributes.put(key, Times.filetime(bytes.s64(offset)));
    }
  }

  /** Each string has its length in characters before it. */
  private int strings(int flags, int start, Map<String, String> attributes) {
    int width = (flags & IS_UNICODE) != 0 ? 2 : 1;
    int offset = start;
    for (int i = 0; i < STRINGS.length; i++) {
      if ((flags & 4 << i) == 0) {
        continue;
      }
      if (!bytes.has(offset, 2) || !bytes.has(offset + 2, width * bytes.u16(offset))) {
        return MAX_BYTES;
      }
      int chars = bytes.u16(offset);
      int shown = Math.min(chars, LONGEST_TEXT);
      if (shown > 0) {
        String text = width == 2 ? bytes.utf16(offset + 2, shown) : bytes.latin1(offset + 2, shown);
        String stripped = text.replace('\0', ' ').strip();
        if (!stripped.isEmpty()) {
          attributes.put(STRINGS[i], stripped);
        }
      }
      offset += 2 + width * chars;
    }
    return offset;
  }

  /** Section 2.5: each block has its size and a signature. */
  private void blocks(int start, Map<String, String> attributes) {
    int offset = start;
    for (int i = 0; i < MAX_BLOCKS && bytes.has(offset, 8); i++) {
      long size = bytes.u32(offset);
      if (size < 8 || size > MAX_BYTES) {
        return;
      }
      if (bytes.u32(offset + 4) == TRACKER && size >= 96 && bytes.has(offset, 96)) {
        int length = bytes.textLength(offset + 16, 16);
        if (length > 0) {
          attributes.put("machine-id", bytes.latin1(offset + 16, length));
        }
        attributes.put("volume-guid", bytes.guid(offset + 32));
        attributes.put("file-guid", bytes.guid(offset + 48));
      }
      offset += (int) size;
    }
  }
}
