package io.pagestream.analyzers.eventlog;

import io.pagestream.analyzers.records.Artifact;
import io.pagestream.analyzers.records.RecordBytes;
import io.pagestream.analyzers.records.RecordFormat;
import io.pagestream.analyzers.records.Times;
import io.pagestream.schemas.avro.Confidence;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An event record: {@code 2A 2A 00 00}, size at 4, record id at 8, FILETIME at 16, binary XML from
 * 24 on, and a copy of the size in its last four bytes. The binary XML begins with a fragment
 * header ({@code 0F 01 01 00}) and an instance of a template ({@code 0C 01}).
 */
final class EvtxRecord {
  static final String KIND = "evtx-record";

  private static final int SIGNATURE = 0x2a2a;
  private static final int XML = 24;
  private static final int ANCHOR = 6;
  private static final int MIN_SIZE = XML + ANCHOR + 4;
  private static final int MAX_SIZE = 65536 - 512;
  private static final long MAX_ID = 1L << 40;

  /** Longest time from an event to its record, one minute in units of FILETIME. */
  private static final long WRITING_TICKS = 600_000_000;

  private final SystemValues values = new SystemValues();
  private final EventTemplate template = new EventTemplate();

  private EvtxRecord() {}

  static RecordFormat format() {
    return RecordFormat.withAnchorAt(
        XML, "\\x0f\\x01\\x01\\x00\\x0c\\x01", ANCHOR, new EvtxRecord()::describe);
  }

  private @Nullable Artifact describe(RecordBytes bytes) {
    if (!bytes.has(0, MIN_SIZE)
        || bytes.u32(0) != SIGNATURE
        || bytes.s64(8) <= 0
        || bytes.s64(8) > MAX_ID
        || !Times.isFiletime(bytes.s64(16))) {
      return null;
    }
    long size = bytes.u32(4);
    if (size < MIN_SIZE || size > MAX_SIZE) {
      return null;
    }
    long id = bytes.s64(8);
    int end = (int) size;
    boolean whole = bytes.has(0, end) && bytes.u32(end - 4) == size;
    int contents = Math.min(end, bytes.size());
    int instance = XML + ANCHOR;
    boolean defined = template.begin(bytes, instance, contents);
    boolean hasSystem =
        values.begin(bytes, defined ? template.end() : instance + 8, contents)
            && (values.recordId() == id
                || Math.abs(values.time() - bytes.s64(16)) <= WRITING_TICKS);
    if (!whole && !hasSystem) {
      return null;
    }
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("record-id", Long.toString(id));
    attributes.put("written", Times.filetime(bytes.s64(16)));
    attributes.put("template-id", "0x%08x".formatted(bytes.u32(instance)));
    String value = "event record " + id;
    if (hasSystem) {
      values.describe(attributes);
      if (values.recordId() != id) {
        attributes.put("original-record-id", Long.toString(values.recordId()));
      }
      value = "event %s, record %d".formatted(attributes.get("event-id"), id);
      if (defined) {
        template.describe(values, attributes);
      }
      String provider = attributes.get("provider");
      if (provider != null) {
        value = provider + " " + value;
      }
    }
    if (!whole) {
      attributes.put("cut", "true");
    }
    return Artifact.binary(KIND, whole ? end : MIN_SIZE, value, attributes)
        .rated(whole ? Confidence.HIGH : Confidence.MEDIUM);
  }
}
