package io.pagestream.analyzers.eventlog;

import io.pagestream.analyzers.records.RecordBytes;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The definition of a template, if the record contains it, as the first record of a chunk that uses
 * the template does: id and offset in the chunk, then offset of the next template, GUID (its first
 * four bytes are the id), size, and binary XML. Names are offsets in the chunk and may refer to
 * other records, so elements are identified by their place: {@code System} is the first child of
 * {@code Event}, and its children are Provider, EventID, Version, Level, Task, Opcode, Keywords,
 * TimeCreated, EventRecordID, Correlation, Execution, Channel, Computer, Security.
 */
final class EventTemplate {
  private static final int HEADER = 32;
  private static final long FRAGMENT = 0x0001_010f;

  /** Template definitions have some 60 tokens up to the end of System. */
  private static final int MAX_TOKENS = 160;

  private static final int SYSTEM_DEPTH = 2;
  private static final int PROVIDER = 0;
  private static final int CHANNEL = 11;
  private static final int COMPUTER = 12;
  private static final int LONGEST_TEXT = 256;

  private static final int MORE = 0x40;
  private static final int OPEN = 1;
  private static final int CLOSE_START = 2;
  private static final int CLOSE_EMPTY = 3;
  private static final int CLOSE = 4;
  private static final int VALUE = 5;
  private static final int ATTRIBUTE = 6;
  private static final int SUBSTITUTION = 13;
  private static final int OPTIONAL_SUBSTITUTION = 14;
  private static final int FRAGMENT_HEADER = 15;

  private RecordBytes bytes = new RecordBytes();
  private int data;
  private int end;
  private int chunk;

  private int depth;
  private int child;
  private int attribute;

  /**
   * Whether an instance contains the definition of its template.
   *
   * @param offset offset of the template's id in the record
   * @param limit offset after the record's visible part
   */
  boolean begin(RecordBytes record, int offset, int limit) {
    bytes = record;
    data = offset + HEADER;
    if (data > limit - 4
        || bytes.u32(offset) != bytes.u32(offset + 12)
        || bytes.u32(data) != FRAGMENT) {
      return false;
    }
    long size = bytes.u32(offset + 28);
    long inChunk = bytes.u32(offset + 4);
    if (size > limit - data || inChunk > 65536) {
      return false;
    }
    end = data + (int) size;
    chunk = offset + 8 - (int) inChunk;
    return true;
  }

  /** Offset after the definition. */
  int end() {
    return end;
  }

  /** Adds the provider, channel and computer, as far as the template names them. */
  void describe(SystemValues values, Map<String, String> attributes) {
    depth = 0;
    child = -1;
    attribute = -1;
    int offset = data;
    for (int token = 0; token < MAX_TOKENS && offset >= data && offset < end; token++) {
      int type = bytes.u8(offset) & ~MORE;
      if (type == VALUE || type == SUBSTITUTION || type == OPTIONAL_SUBSTITUTION) {
        String key = key();
        String text = key == null ? null : text(type, offset, values);
        if (key != null && text != null) {
          attributes.putIfAbsent(key, text);
        }
      }
      offset = next(type, offset);
    }
  }

  /** The attribute of the finding that the current value belongs to. */
  private @Nullable String key() {
    if (depth != SYSTEM_DEPTH + 1) {
      return null;
    }
    return switch (child) {
      case PROVIDER -> attribute == 0 ? "provider" : null;
      case CHANNEL -> "channel";
      case COMPUTER -> "computer";
      default -> null;
    };
  }

  private @Nullable String text(int type, int offset, SystemValues values) {
    if (offset > end - 4) {
      return null;
    }
    if (type != VALUE) {
      return values.text(bytes.u16(offset + 1));
    }
    int chars = Math.min(bytes.u16(offset + 2), LONGEST_TEXT);
    return chars == 0
            || bytes.u8(offset + 1) != 1
            || offset + 4 > end - 2 * chars
            || !bytes.isUtf16Text(offset + 4, chars)
        ? null
        : bytes.utf16(offset + 4, chars);
  }

  /** Offset of the next token, or -1 if System has ended or the token is unknown. */
  private int next(int type, int offset) {
    return switch (type) {
      case OPEN -> open(offset);
      case ATTRIBUTE -> {
        attribute++;
        yield name(offset + 1);
      }
      case CLOSE_START -> {
        attribute = -1;
        yield offset + 1;
      }
      case CLOSE, CLOSE_EMPTY -> {
        depth--;
        yield depth < SYSTEM_DEPTH ? -1 : offset + 1;
      }
      case VALUE -> offset <= end - 4 ? offset + 4 + 2 * bytes.u16(offset + 2) : -1;
      case SUBSTITUTION, OPTIONAL_SUBSTITUTION, FRAGMENT_HEADER -> offset + 4;
      default -> -1;
    };
  }

  /** Enters an element: two bytes, its size, its name, and the size of its attributes if any. */
  private int open(int offset) {
    depth++;
    attribute = -1;
    if (depth == SYSTEM_DEPTH + 1) {
      child++;
    }
    int after = name(offset + 7);
    boolean hasAttributes = (bytes.u8(offset) & MORE) != 0;
    return hasAttributes && after > 0 ? after + 4 : after;
  }

  /**
   * Offset after a name: an offset in the chunk, followed by the name itself if that is the place.
   */
  private int name(int offset) {
    if (offset > end - 12) {
      return -1;
    }
    if (bytes.u32(offset) != offset + 4L - chunk) {
      return offset + 4;
    }
    return offset + 14 + 2 * bytes.u16(offset + 10);
  }
}
